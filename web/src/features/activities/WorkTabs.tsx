// The parts of the day's work.
import { may, useSession } from "@/api/useSession";
import { t } from "@/core/words";
import { doorPath } from "@/list/door";
import { Tabs } from "@/ui/Tabs";

export function WorkTabs() {
  const session = useSession();
  const tabs = [
    { to: "/today", label: t("web.place.today") },
    { to: "/calendar", label: t("web.calendar.title") },
    { to: doorPath({ entity: "activity" }) ?? "/", label: t("entity.activity") },
    ...(may(session, "client", "view") ? [{ to: "/standing", label: t("web.standing.title") }] : []),
  ];
  return <Tabs tabs={tabs} label={t("web.place.today")} />;
}
