// One deed at many records: how many it would change, done, watched while it lasts, stopped, taken back as one.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { call, onceKey, Refusal, said } from "@/api/http";
import type { Row } from "@/api/shapes";
import { refresh } from "@/api/useSave";
import { t, tn } from "@/core/words";
import type { Picked } from "@/list/mass/usePicked";
import { tellBad, tellDone, tellNote } from "@/ui/toasts";

export interface Deed {
  archive?: boolean;
  values?: Row;
}

export interface Done {
  id: number;
  archive: boolean;
  state: "running" | "done" | "undoing" | "undone";
  total: number;
  waiting: number;
  changed: number;
  same: number;
  refused: number;
  kept: number;
  /** Those that were left out, or could not be taken back, and why. */
  left: { id: number; title: string; text: string }[];
}

export interface Preview {
  count: number;
  may: number;
  most: number;
}

export function usePreview(entity: string, question: Picked["question"], deed: Deed | null) {
  const body = { ...question, ...deed };
  return useQuery({
    queryKey: ["mass", entity, body],
    queryFn: () => call<Preview>("POST", `/api/${entity}/mass/preview`, { body }),
    enabled: deed !== null,
    retry: false,
    gcTime: 0,
  });
}

export interface Lately {
  id: number;
  at: string;
  archive: boolean;
  /** What was set; null: they went into the archive. */
  values: Row | null;
  state: Done["state"];
  total: number;
}

const latelyKey = (entity: string) => ["mass-lately", entity];

/** One's own last deeds at an entity, the latest first. */
export const useLately = (entity: string) =>
  useQuery({
    queryKey: latelyKey(entity),
    queryFn: () => call<{ items: Lately[] }>("GET", `/api/${entity}/mass`),
  });

/** What came of taking one back; of one that another window has taken back, that it was. */
export function tellBack(back: Done | Refusal) {
  if (back instanceof Refusal) (back.status === 409 ? tellNote : tellBad)(said(back));
  else if (back.kept) tellNote(tn("web.mass.kept", back.kept));
  else tellDone(t("web.mass.back"));
}

const WAIT_MS = 500;
const wait = () => new Promise((resolve) => window.setTimeout(resolve, WAIT_MS));

export function useMass(entity: string) {
  const client = useQueryClient();
  const [seen, setSeen] = useState<Done | null>(null);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const follow = async (path: string, body: unknown): Promise<Done | Refusal> => {
    setBusy(true);
    setRefusal(null);
    try {
      let done = await call<Done>("POST", path, { body, once: onceKey() });
      while (done.state === "running" || done.state === "undoing") {
        setSeen(done);
        await wait();
        done = await call<Done>("GET", `/api/${entity}/mass/${done.id}`);
      }
      setSeen(done);
      return done;
    } catch (error) {
      const why = error instanceof Refusal ? error : new Refusal(0, said(error), []);
      setRefusal(why);
      return why;
    } finally {
      setBusy(false);
      refresh(client, entity);
      void client.invalidateQueries({ queryKey: latelyKey(entity) });
    }
  };
  return {
    seen,
    busy,
    refusal,
    go: (question: Picked["question"], deed: Deed) => follow(`/api/${entity}/mass`, { ...question, ...deed }),
    back: (id: number) => follow(`/api/${entity}/mass/${id}/undo`, undefined),
    stop: (id: number) =>
      call<Done>("POST", `/api/${entity}/mass/${id}/stop`).catch((error: unknown) => {
        if (!(error instanceof Refusal && error.status === 409)) throw error; // it was over before that came
      }),
  };
}
