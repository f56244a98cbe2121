// The example firm on its way out, in one act: what of it goes and what people made in it is told first.
import { Button, Group, Progress } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { call, said } from "@/api/http";
import { whole } from "@/core/number";
import { t, tn } from "@/core/words";
import { Section } from "@/record/Section";
import { Dialog } from "@/ui/Dialog";
import { tellBad, tellDone } from "@/ui/toasts";

interface Made {
  clients: number;
  sales: number;
  changed: number;
  own_sales_to_them: number;
  own_clients: number;
  own_sales: number;
}

interface Way {
  state: string;
  done: number;
  total: number;
  goes: boolean;
}

const going = (way: Way | undefined) => Boolean(way?.goes) && (way?.state === "waiting" || way?.state === "running");

export function ExampleGoes() {
  const client = useQueryClient();
  const [asked, setAsked] = useState(false);
  const [begun, setBegun] = useState(false);
  const { data: made } = useQuery({
    queryKey: ["example", "made"],
    queryFn: () => call<Made>("GET", "/api/example/made"),
  });
  const { data: way } = useQuery({
    queryKey: ["example"],
    queryFn: () => call<Way>("GET", "/api/example"),
    refetchInterval: (query) => (begun || going(query.state.data) ? 500 : false),
  });
  const under = begun || going(way);
  const over = begun && way?.goes && !going(way);
  useEffect(() => {
    if (!over) return;
    setBegun(false);
    if (way?.state === "done") tellDone(t("web.example.gone"));
    else tellBad(t("web.example.not_gone"));
    void client.invalidateQueries({
      predicate: ({ queryKey }) => queryKey[0] !== "session" && queryKey[0] !== "words",
    });
  }, [over, way?.state, client]);
  const drop = async () => {
    setAsked(false);
    try {
      await call("DELETE", "/api/example");
      await client.resetQueries({ queryKey: ["example"], exact: true });
      setBegun(true);
    } catch (error) {
      tellBad(said(error));
    }
  };
  if (!under && !made?.clients && !made?.sales) return null;
  return (
    <Section title={t("web.example.title")}>
      {under ? (
        <Progress
          value={way?.total ? (way.done / way.total) * 100 : 0}
          aria-label={t("web.example.going")}
          title={t("web.example.going")}
        />
      ) : (
        <>
          <p>{t("web.example.note")}</p>
          <Button variant="default" onClick={() => setAsked(true)}>
            {t("web.example.drop")}
          </Button>
        </>
      )}
      {asked && made && <Question made={made} close={() => setAsked(false)} drop={() => void drop()} />}
    </Section>
  );
}

const counts = (clients: number, sales: number) =>
  [clients && tn("web.clients.count", clients), sales && tn("web.sales.count", sales)].filter(Boolean).join(", ");

function Question({ made, close, drop }: { made: Made; close: () => void; drop: () => void }) {
  return (
    <Dialog title={t("web.example.title")} onClose={close}>
      <p>{t("web.example.goes", { what: counts(made.clients, made.sales) })}</p>
      {made.changed > 0 && <p>{t("web.example.changed", { n: whole(made.changed) })}</p>}
      {made.own_sales_to_them > 0 && <p>{t("web.example.with_it", { what: counts(0, made.own_sales_to_them) })}</p>}
      <p>
        {made.own_clients || made.own_sales
          ? t("web.example.stays", { what: counts(made.own_clients, made.own_sales) })
          : t("web.example.nothing_own")}
      </p>
      <Group justify="flex-end">
        <Button variant="default" onClick={close} data-autofocus>
          {t("web.cancel")}
        </Button>
        <Button onClick={drop}>{t("web.example.drop")}</Button>
      </Group>
    </Dialog>
  );
}
