// On a phone: three places and the rest behind "more".
import { Menu, UnstyledButton } from "@mantine/core";
import { Link, useLocation } from "wouter";
import MenuIcon from "icons/IconMenu2.mjs";
import Search from "icons/IconSearch.mjs";
import { useSession } from "@/api/useSession";
import { isIn, onPhone, places } from "@/app/places";
import { usePersonal } from "@/app/usePersonal";
import { t } from "@/core/words";
import css from "@/app/BottomBar.module.css";

export function BottomBar({ find }: { find: () => void }) {
  const session = useSession();
  const [at, go] = useLocation();
  const personal = usePersonal();
  const open = places.filter((place) => place.open(session));
  const shown = onPhone.flatMap((path) => open.find((place) => place.path === path) ?? []).slice(0, 3);
  const rest = open.filter((place) => !shown.includes(place));
  return (
    <nav className={css.bar} aria-label={t("web.places")}>
      {shown.map((place) => (
        <Link
          key={place.path}
          href={place.path}
          className={css.place}
          aria-current={isIn(place, at) ? "page" : undefined}
        >
          <place.icon size={22} stroke={1.7} />
          <span>{t(place.word)}</span>
        </Link>
      ))}
      <Menu position="top-end" width={220} transitionProps={{ duration: 0 }}>
        <Menu.Target>
          <UnstyledButton className={css.place} data-current={rest.some((place) => isIn(place, at)) || undefined}>
            <MenuIcon size={22} aria-hidden />
            <span>{t("web.more")}</span>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Search size={18} />} onClick={find}>
            {t("web.find")}
          </Menu.Item>
          {rest.map(({ path, word, icon: Icon }) => (
            <Menu.Item key={path} leftSection={<Icon size={18} />} onClick={() => go(path)}>
              {t(word)}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Label>{session.user.name}</Menu.Label>
          {personal.map(({ name, label, icon: Icon, run }) => (
            <Menu.Item key={name} leftSection={<Icon size={18} />} onClick={run}>
              {label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </nav>
  );
}
