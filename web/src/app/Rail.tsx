// The rail: the firm, the way to find anything, the places by work, and the person who is signed in.
import { Kbd, UnstyledButton } from "@mantine/core";
import { Link, useLocation } from "wouter";
import Search from "icons/IconSearch.mjs";
import { useSession } from "@/api/useSession";
import { isIn, places } from "@/app/places";
import { UserMenu } from "@/app/UserMenu";
import { t } from "@/core/words";
import css from "@/app/Rail.module.css";

export function Rail({ find }: { find: () => void }) {
  const session = useSession();
  const [at] = useLocation();
  return (
    <nav className={css.rail} aria-label={t("web.places")}>
      <div className={css.firm} title={session.firm.name}>
        <img src="/icon.svg" alt="" width={24} height={24} />
        <span>{session.firm.name}</span>
      </div>
      <UnstyledButton className={css.find} onClick={find}>
        <Search size={16} aria-hidden />
        <span>{t("web.find")}</span>
        <Kbd size="xs">Ctrl K</Kbd>
      </UnstyledButton>
      <ul className={css.places}>
        {places
          .filter((place) => place.open(session))
          .map((place) => (
            <li key={place.path}>
              <Link href={place.path} className={css.place} aria-current={isIn(place, at) ? "page" : undefined}>
                <place.icon size={19} stroke={1.7} />
                {t(place.word)}
              </Link>
            </li>
          ))}
      </ul>
      <UserMenu />
    </nav>
  );
}
