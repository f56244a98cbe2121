// The person who is signed in: their settings, the colours of the screen, the way out.
import { Menu, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useLocation } from "wouter";
import Keyboard from "icons/IconKeyboard.mjs";
import Logout from "icons/IconLogout.mjs";
import Moon from "icons/IconMoon.mjs";
import Sun from "icons/IconSun.mjs";
import UserCircle from "icons/IconUserCircle.mjs";
import { call, said } from "@/api/http";
import { useSession } from "@/api/useSession";
import { offers } from "@/core/actions";
import { forgetDrafts } from "@/core/draft";
import { t } from "@/core/words";
import { tellBad } from "@/ui/toasts";
import css from "@/app/UserMenu.module.css";

const initials = (name: string) =>
  name.split(/\s+/).slice(0, 2).map((part) => part[0] ?? "").join("").toUpperCase();

const showKeys = () => offers.get().flatMap((offer) => offer.actions).find((action) => action.name === "keys")?.run();

export function UserMenu() {
  const { user } = useSession();
  const [, go] = useLocation();
  const client = useQueryClient();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const dark = document.documentElement.dataset.mantineColorScheme === "dark";
  const leave = async () => {
    try {
      await call("DELETE", "/api/session");
      forgetDrafts();
      client.setQueryData(["session"], { session: null, setup: false });
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" && queryKey[0] !== "words" });
      go("/");
    } catch (error) {
      tellBad(said(error));
    }
  };
  return (
    <Menu position="top-start" width={240} transitionProps={{ duration: 0 }} key={colorScheme}>
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
        <Menu.Item leftSection={<UserCircle size={16} />} onClick={() => go("/settings/me")}>
          {t("web.user.settings")}
        </Menu.Item>
        <Menu.Item leftSection={dark ? <Sun size={16} /> : <Moon size={16} />} onClick={() => setColorScheme(dark ? "light" : "dark")}>
          {t(dark ? "web.user.light" : "web.user.dark")}
        </Menu.Item>
        <Menu.Item leftSection={<Keyboard size={16} />} onClick={showKeys}>
          {t("web.keys")}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<Logout size={16} />} onClick={() => void leave()}>
          {t("web.user.leave")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
