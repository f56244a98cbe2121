// What stands around every screen: the rail of places, on a phone the bar of four, the palette and the list of keys.
import { Suspense, useEffect, useState } from "react";
import { useLocation } from "wouter";
import { asked, whenNoted } from "@/api/confirming";
import { inWords } from "@/api/http";
import { metaQuery } from "@/api/useMeta";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { BottomBar } from "@/app/BottomBar";
import { Rail } from "@/app/Rail";
import { fetchScreen, fetchScreens, Routes } from "@/app/routes";
import { rowActions } from "@/app/rowActions";
import { todayParts } from "@/app/todayParts";
import { sections } from "@/app/sections";
import { useLive } from "@/app/useLive";
import { listenToKeys, useActions } from "@/core/actions";
import { useSignal } from "@/core/signal";
import { t } from "@/core/words";
import { fetchWidgets } from "@/fields/fetched";
import { AllRowActions } from "@/list/rowActions";
import { clash } from "@/record/clash";
import { AllSections } from "@/record/sections";
import { AllTodayParts } from "@/record/todayParts";
import { Boundary } from "@/ui/Boundary";
import { later } from "@/ui/later";
import { tellNote } from "@/ui/toasts";
import { useNarrow } from "@/ui/useNarrow";
import { Waiting } from "@/ui/Waiting";
import css from "@/app/Shell.module.css";

const boxes = {
  palette: later(() => import("@/app/Palette")),
  keys: later(() => import("@/app/Keys")),
};
const clashBox = later(() => import("@/record/ClashDialog"));
const confirmBox = later(() => import("@/record/ConfirmDialog"));

/* What any press may need. */
const fetchRest = () =>
  Promise.all([
    fetchScreens(),
    fetchWidgets(),
    ...[...Object.values(boxes), clashBox, confirmBox].map(({ fetch }) => fetch()),
  ]);

/* Nothing of a screen is drawn before its code and the entities are there: whatever waits inside waits 300 ms at the
 * least. */
function useFirstScreen(place: string) {
  const client = useQueryClient();
  return useQuery({
    queryKey: ["first-screen"],
    queryFn: async () => (await Promise.all([client.ensureQueryData(metaQuery), fetchScreen(place)])).length,
    staleTime: Infinity,
    retry: false,
  }).isFetched;
}

export function Shell() {
  const narrow = useNarrow();
  const [place] = useLocation();
  const [open, setOpen] = useState<keyof typeof boxes | null>(null);
  const clashing = useSignal(clash) !== null;
  const asking = useSignal(asked).length > 0;
  const begun = useFirstScreen(place);
  const Box = open && boxes[open].Part;
  useLive();
  useEffect(listenToKeys, []);
  useEffect(() => {
    whenNoted((notes) => tellNote(notes.map(inWords).join(". ")));
  }, []);
  useEffect(() => {
    const soon = window.setTimeout(() => void fetchRest().catch(() => undefined), 1500);
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
          <AllSections.Provider value={sections}>
            <AllRowActions.Provider value={rowActions}>
              <AllTodayParts.Provider value={todayParts}>
                <Suspense fallback={<Waiting />}>{begun ? <Routes /> : <Waiting />}</Suspense>
              </AllTodayParts.Provider>
            </AllRowActions.Provider>
          </AllSections.Provider>
        </Boundary>
      </main>
      {narrow && <BottomBar find={() => setOpen("palette")} />}
      <Suspense fallback={null}>
        {clashing && <clashBox.Part />}
        {asking && <confirmBox.Part />}
        {Box && <Box key={open} close={() => setOpen(null)} />}
      </Suspense>
    </div>
  );
}
