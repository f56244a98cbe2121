// The lists by which the firm works: how often clients are spoken with, what deals go through, who answers requests.
import { Link } from "wouter";
import { may, useSession } from "@/api/useSession";
import { t } from "@/core/words";
import { SettingsTabs } from "@/features/settings/SettingsTabs";
import { workLists } from "@/features/settings/workListsOf";
import { Page } from "@/ui/Page";
import { Section } from "@/record/Section";
import css from "@/features/settings/WorkLists.module.css";

export default function WorkLists() {
  const session = useSession();
  const shown = workLists
    .map(({ name, entities }) => ({ name, entities: entities.filter((entity) => may(session, entity, "view")) }))
    .filter(({ entities }) => entities.length);
  return (
    <Page title={t("web.place.settings")} name={t("web.settings.lists")}>
      <SettingsTabs />
      <div className={css.parts}>
        {shown.map(({ name, entities }) => (
          <Section key={name} title={t(`web.lists.${name}`)}>
            <ul className={css.list}>
              {entities.map((entity) => (
                <li key={entity}>
                  <Link href={`/settings/${entity}`}>{t(`web.settings.${entity}`)}</Link>
                  <p>{t(`web.lists.${entity}_note`)}</p>
                </li>
              ))}
            </ul>
          </Section>
        ))}
      </div>
    </Page>
  );
}
