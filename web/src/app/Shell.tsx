// What stands around every screen: the rail of places, on a phone the bar of four, the palette and the list of keys.
import { lazy, Suspense, useEffect, useState } from "react";
import { useLocation } from "wouter";
import { metaQuery } from "@/api/useMeta";
import { useQueryClient } from "@tanstack/react-query";
import { BottomBar } from "@/app/BottomBar";
import { Rail } from "@/app/Rail";
import { Routes } from "@/app/routes";
import { useLive } from "@/app/useLive";
import { listenToKeys, useActions } from "@/core/actions";
import { useSignal } from "@/core/signal";
import { t } from "@/core/words";
import { clash } from "@/record/clash";
import { Boundary } from "@/ui/Boundary";
import { useNarrow } from "@/ui/useNarrow";
import { Waiting } from "@/ui/Waiting";
import css from "@/app/Shell.module.css";

const palette = () => import("@/app/Palette");
const Palette = lazy(palette);
const Keys = lazy(() => import("@/app/Keys"));
const ClashDialog = lazy(() => import("@/record/ClashDialog"));

export function Shell() {
  const narrow = useNarrow();
  const [place] = useLocation();
  const [open, setOpen] = useState<"palette" | "keys" | null>(null);
  const clashing = useSignal(clash) !== null;
  const client = useQueryClient();
  useLive();
  useEffect(listenToKeys, []);
  useEffect(() => void client.prefetchQuery(metaQuery), [client]);
  useEffect(() => {
    const soon = window.setTimeout(() => void palette(), 1500);
    return () => window.clearTimeout(soon);
  }, []);
  useActions([
    { name: "palette", label: t("web.palette"), key: "mod+k", quiet: true, run: () => setOpen("palette") },
    { name: "keys", label: t("web.keys"), key: "?", run: () => setOpen("keys") },
  ]);
  return (
    <div className={css.shell} data-narrow={narrow || undefined}>
      <a className={css.skip} href="#main">
        {t("web.skip")}
      </a>
      {!narrow && <Rail find={() => setOpen("palette")} />}
      <main id="main" tabIndex={-1} className={css.main}>
        <Boundary at={place}>
          <Suspense fallback={<Waiting />}>
            <Routes />
          </Suspense>
        </Boundary>
      </main>
      {narrow && <BottomBar find={() => setOpen("palette")} />}
      <Suspense fallback={null}>
        {clashing && <ClashDialog />}
        {open === "palette" && <Palette close={() => setOpen(null)} />}
        {open === "keys" && <Keys close={() => setOpen(null)} />}
      </Suspense>
    </div>
  );
}
