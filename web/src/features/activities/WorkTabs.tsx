// The parts of the day's work.
import { t } from "@/core/words";
import { doorPath } from "@/list/door";
import { Tabs } from "@/ui/Tabs";

export function WorkTabs() {
  const tabs = [
    { to: "/today", label: t("web.place.today") },
    { to: "/calendar", label: t("web.calendar.title") },
    { to: doorPath({ entity: "activity" }) ?? "/", label: t("entity.activity") },
  ];
  return <Tabs tabs={tabs} label={t("web.place.today")} />;
}
