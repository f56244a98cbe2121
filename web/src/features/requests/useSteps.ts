// The steps of a request: taken, answered, accepted, returned, cancelled; each with a way back where there is one.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { confirming } from "@/api/confirming";
import { call, said } from "@/api/http";
import type { Row, Saved } from "@/api/shapes";
import { refresh } from "@/api/useSave";
import { t } from "@/core/words";
import { tellBad, tellDone } from "@/ui/toasts";

export interface Asked {
  id: number;
  version: number;
}

interface Step {
  request: Asked;
  values: Row;
  told: string;
  /** What takes it back; none: another step does. */
  back?: Row;
}

const path = (id: number) => `/api/request/${id}`;

export function useSteps() {
  const cache = useQueryClient();
  const again = () => {
    void cache.invalidateQueries({ queryKey: ["request"] });
    void cache.invalidateQueries({ queryKey: ["activity", "timeline"] });
    refresh(cache, "request");
  };
  const undo = (saved: Saved, values: Row) => () =>
    void call<Saved>("PATCH", path(saved.id), { body: values, version: saved.version })
      .then(() => tellDone(t("web.record.undone")))
      .catch((error: unknown) => tellBad(said(error)))
      .finally(again);
  const step = useMutation({
    mutationFn: ({ request: { id, version }, values }: Step) =>
      confirming((confirmed) => call<Saved>("PATCH", path(id), { body: { ...values, ...confirmed }, version })),
    onSuccess: (saved, { told, back }) => {
      tellDone(told, back && undo(saved, back));
      again();
    },
    onError: again,
  });

  /* Told also where what was pressed is gone meanwhile. */
  const go = (deed: Step) => void step.mutateAsync(deed).catch((error: unknown) => tellBad(said(error)));
  const take = (request: Asked, me: number) =>
    go({
      request,
      values: { performer_id: me },
      told: t("web.request.taken"),
      back: { performer_id: null },
    });
  const accept = (request: Asked) => go({ request, values: { state: "accepted" }, told: t("web.request.accepted") });
  return { take, accept, step };
}
