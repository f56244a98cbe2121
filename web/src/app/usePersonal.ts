// What is the signed-in person's own: settings, colours, the list of keys, the way out. A desk's menu, a phone's and
// the palette offer the same.
import { useQueryClient } from "@tanstack/react-query";
import type { FunctionComponent } from "react";
import { useLocation } from "wouter";
import Keyboard from "icons/IconKeyboard.mjs";
import Logout from "icons/IconLogout.mjs";
import Moon from "icons/IconMoon.mjs";
import Sun from "icons/IconSun.mjs";
import UserCircle from "icons/IconUserCircle.mjs";
import { call, said } from "@/api/http";
import { offers } from "@/core/actions";
import { forgetDrafts } from "@/core/draft";
import { t } from "@/core/words";
import { useColours } from "@/ui/useColours";
import { useNarrow } from "@/ui/useNarrow";
import { tellBad } from "@/ui/toasts";

export interface Personal {
  name: string;
  label: string;
  icon: FunctionComponent<{ size?: number }>;
  run: () => void;
}

const showKeys = () =>
  offers
    .get()
    .flatMap((offer) => offer.actions)
    .find((action) => action.name === "keys")
    ?.run();

export function usePersonal(): Personal[] {
  const [, go] = useLocation();
  const client = useQueryClient();
  const narrow = useNarrow();
  const { dark, choose } = useColours();
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
  return [
    { name: "me", label: t("web.user.settings"), icon: UserCircle, run: () => go("/settings/me") },
    {
      name: "colours",
      label: t(dark ? "web.user.light" : "web.user.dark"),
      icon: dark ? Sun : Moon,
      run: () => choose(dark ? "light" : "dark"),
    },
    ...(narrow ? [] : [{ name: "keys", label: t("web.keys"), icon: Keyboard, run: showKeys }]),
    { name: "leave", label: t("web.user.leave"), icon: Logout, run: () => void leave() },
  ];
}
