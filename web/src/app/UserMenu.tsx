// The person who is signed in: their settings, the colours of the screen, the way out.
import { Menu, UnstyledButton } from "@mantine/core";
import { Fragment } from "react";
import { useSession } from "@/api/useSession";
import { usePersonal } from "@/app/usePersonal";
import { t } from "@/core/words";
import css from "@/app/UserMenu.module.css";

const initials = (name: string) =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((part) => part[0] ?? "")
    .join("")
    .toUpperCase();

export function UserMenu() {
  const { user } = useSession();
  const personal = usePersonal();
  return (
    <Menu position="top-start" width={240} transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <UnstyledButton className={css.user} aria-label={t("web.user.menu", { name: user.name })}>
          <span className={css.face} aria-hidden>
            {initials(user.name)}
          </span>
          <span className={css.name}>
            <span>{user.name}</span>
            {user.role && <small>{user.role}</small>}
          </span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {personal.map(({ name, label, icon: Icon, run }) => (
          <Fragment key={name}>
            {name === "leave" && <Menu.Divider />}
            <Menu.Item leftSection={<Icon size={16} />} onClick={run}>
              {label}
            </Menu.Item>
          </Fragment>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
