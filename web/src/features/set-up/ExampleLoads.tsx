// The example firm on its way into the base, with how far it has got.
import { Button, Progress } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { call, said } from "@/api/http";
import { whole } from "@/core/number";
import { t } from "@/core/words";
import { Threshold } from "@/ui/Threshold";

interface Loading {
  state: string;
  done: number;
  total: number;
}

const running = (state: string | undefined) => state !== "done" && state !== "failed";

export function ExampleLoads({ onDone }: { onDone: () => void }) {
  const { data, error } = useQuery({
    queryKey: ["example"],
    queryFn: () => call<Loading>("GET", "/api/example"),
    refetchInterval: (query) => (running(query.state.data?.state) ? 400 : false),
  });
  const over = data?.state === "done";
  useEffect(() => {
    if (over) onDone();
  }, [over, onDone]);
  if (data?.state === "failed")
    return (
      <Threshold title={t("web.set_up.loading")} refused={t("web.set_up.load_failed")}>
        <Button fullWidth onClick={onDone}>
          {t("web.set_up.go_on")}
        </Button>
      </Threshold>
    );
  const { done = 0, total = 0 } = data ?? {};
  return (
    <Threshold title={t("web.set_up.loading")} note={t("web.set_up.loading_note")} refused={error ? said(error) : ""}>
      <Progress value={total ? (done / total) * 100 : 0} aria-label={t("web.set_up.loading")} />
      <p>{total ? t("web.set_up.loaded", { done: whole(done), total: whole(total) }) : ""}</p>
    </Threshold>
  );
}
