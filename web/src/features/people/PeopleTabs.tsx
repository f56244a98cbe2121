// The parts of the place "people": those the reader may see.
import { may, useSession } from "@/api/useSession";
import { t } from "@/core/words";
import { Tabs } from "@/ui/Tabs";

const parts = [
  { entity: "user", to: "/people", word: "web.people.users" },
  { entity: "unit", to: "/people/units", word: "web.people.units" },
  { entity: "role", to: "/people/roles", word: "web.people.roles" },
];

export function PeopleTabs() {
  const session = useSession();
  const tabs = parts
    .filter((part) => may(session, part.entity, "view"))
    .map(({ to, word }) => ({ to, label: t(word) }));
  return <Tabs tabs={tabs} label={t("web.place.people")} />;
}
