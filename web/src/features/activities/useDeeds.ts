// What is done with an activity: closed, put off, cancelled, taken, planned; each with a way back.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { confirming } from "@/api/confirming";
import { call, said } from "@/api/http";
import type { Row, Saved } from "@/api/shapes";
import { refresh } from "@/api/useSave";
import { t } from "@/core/words";
import { tellBad, tellDone } from "@/ui/toasts";

const path = (id: number) => `/api/activity/${id}`;

/* As it stands now, whoever has changed it since: a way back asks for no more. */
const patch = async (id: number, values: Row) => {
  const { version } = await call<Saved>("GET", path(id));
  return call<Saved>("PATCH", path(id), { body: values, version });
};

export interface Closing {
  id: number;
  version: number;
  once: string;
  values: Row;
  client?: number;
}

export function useDeeds() {
  const cache = useQueryClient();
  const again = (client?: number) => {
    void cache.invalidateQueries({ queryKey: ["activity"] });
    refresh(cache, "activity");
    void cache.invalidateQueries({ queryKey: ["way"] }); /* the work of a step closes it */
    if (client) refresh(cache, "client");
  };
  const back = (deed: () => Promise<unknown>) => () =>
    void deed()
      .then(() => tellDone(t("web.record.undone")))
      .catch((error: unknown) => tellBad(said(error)))
      .finally(() => again());
  const reopen = async (closed: Saved, planned: boolean) => {
    if (planned && closed.next_id)
      await patch(Number(closed.next_id), { state: "cancelled", reason: t("web.activity.closing_undone") });
    await patch(closed.id, { state: "open", result: null, outcome: null });
  };

  const close = useMutation({
    mutationFn: ({ id, version, once, values }: Closing) =>
      confirming((confirmed) =>
        call<Saved>("POST", `${path(id)}/close`, { body: { ...values, ...confirmed }, version, once }),
      ),
    onSuccess: (saved, { client, values }) => {
      tellDone(
        t("web.activity.closed"),
        back(() => reopen(saved, Boolean(values.next))),
      );
      again(client);
    },
  });
  const change = useMutation({
    mutationFn: ({ id, version, values }: { id: number; version?: number; values: Row; back: Row; told: string }) =>
      confirming((confirmed) => call<Saved>("PATCH", path(id), { body: { ...values, ...confirmed }, version })),
    onSuccess: (saved, deed) => {
      tellDone(
        deed.told,
        back(() => patch(saved.id, deed.back)),
      );
      again();
    },
  });
  const plan = useMutation({
    mutationFn: ({ values, once }: { values: Row; once: string }) =>
      confirming((confirmed) => call<Saved>("POST", "/api/activity", { body: { ...values, ...confirmed }, once })),
    onSuccess: (saved) => {
      tellDone(
        t("web.activity.planned"),
        back(() => patch(saved.id, { state: "cancelled", reason: t("web.activity.plan_undone") })),
      );
      again();
    },
  });
  return { close, change, plan };
}
