// The parts of the settings: one's own for everybody, lists and fields for those who may change them.
import { may, useSession } from "@/api/useSession";
import { t } from "@/core/words";
import { workLists } from "@/features/settings/workListsOf";
import { othersOf } from "@/generic/others";
import { type Tab, Tabs } from "@/ui/Tabs";

const lists = workLists.flatMap(({ entities }) => entities);

export const dictionaries = ["source", "channel", "product_group"];

export function useSettingsTabs(): Tab[] {
  const session = useSession();
  return [
    { to: "/settings/me", label: t("web.settings.me") },
    ...(may(session, "absence", "view") ? [{ to: "/settings/absences", label: t("web.settings.absences") }] : []),
    ...(may(session, "firm", "change")
      ? [
          { to: "/settings/firm", label: t("web.settings.firm") },
          { to: "/settings/schedule", label: t("web.settings.schedule") },
        ]
      : []),
    ...dictionaries
      .filter((entity) => may(session, entity, "change"))
      .map((entity) => ({ to: `/settings/${entity}`, label: t(`web.settings.${entity}`) })),
    ...(lists.some((entity) => may(session, entity, "view"))
      ? [
          {
            to: "/settings/lists",
            label: t("web.settings.lists"),
            also: lists.map((entity) => `/settings/${entity}`),
          },
        ]
      : []),
    ...(may(session, "field", "view") ? [{ to: "/settings/fields", label: t("web.settings.fields") }] : []),
    ...(othersOf(session).length ? [{ to: "/settings/others", label: t("web.settings.others") }] : []),
  ];
}

export const SettingsTabs = () => <Tabs tabs={useSettingsTabs()} label={t("web.place.settings")} />;
