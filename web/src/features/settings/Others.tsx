// The lists of what has no place of its own.
import { Link } from "wouter";
import { useMeta } from "@/api/useMeta";
import { useSession } from "@/api/useSession";
import { t } from "@/core/words";
import { SettingsTabs } from "@/features/settings/SettingsTabs";
import { othersOf } from "@/generic/others";
import { Nothing } from "@/ui/Nothing";
import { Page } from "@/ui/Page";
import css from "@/features/settings/Others.module.css";

export default function Others() {
  const others: string[] = othersOf(useSession());
  const shown = useMeta().entities.filter((each) => others.includes(each.name));
  return (
    <Page title={t("web.place.settings")} name={t("web.settings.others")}>
      <SettingsTabs />
      {!shown.length && <Nothing title={t("web.list.empty")}>{t("web.others.none")}</Nothing>}
      <ul className={css.list}>
        {shown.map((each) => (
          <li key={each.name}>
            <Link href={`/r/${each.name}`}>{each.label}</Link>
          </li>
        ))}
      </ul>
    </Page>
  );
}
