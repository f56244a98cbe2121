// Two people changed the same field: both values are shown, and whoever came second decides.
import { Button, Group, Table } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { said } from "@/api/http";
import type { Entity, Problem, Saved, Value } from "@/api/shapes";
import { useEntity } from "@/api/useMeta";
import { recordKey } from "@/api/useRecord";
import { refresh, useChange } from "@/api/useSave";
import { useSignal } from "@/core/signal";
import { t } from "@/core/words";
import { valueText } from "@/fields/fieldText";
import { type Clash, clash } from "@/record/clash";
import { Dialog } from "@/ui/Dialog";
import { tellBad, tellDone } from "@/ui/toasts";

export default function ClashDialog() {
  const current = useSignal(clash);
  return current && <Clashing key={current.id} {...current} />;
}

function Clashing({ entity: name, id, values, refusal }: Clash) {
  const entity = useEntity(name);
  const client = useQueryClient();
  const { mutateAsync, isPending } = useChange(name);
  const close = () => clash.set(null);
  const keepTheirs = () => {
    const current = refusal.body.record as Saved | undefined;
    if (current) refresh(client, name, current);
    else void client.invalidateQueries({ queryKey: recordKey(name, id) });
    close();
  };
  const putMine = async () => {
    const current = refusal.body.record as Saved | undefined;
    try {
      await mutateAsync({ id, version: current?.version, values });
      tellDone(t("web.record.saved"));
      close();
    } catch (error) {
      tellBad(said(error));
    }
  };
  const clashes = refusal.problems.filter((problem) => problem.field);
  return (
    <Dialog onClose={keepTheirs} title={t("web.clash.title")} size="lg">
      <p>{t("web.clash.note")}</p>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("web.clash.field")}</Table.Th>
            <Table.Th>{t("web.clash.theirs")}</Table.Th>
            <Table.Th>{t("web.clash.mine")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {clashes.map((problem) => (
            <Row key={problem.field} entity={entity} problem={problem} values={values} />
          ))}
        </Table.Tbody>
      </Table>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={keepTheirs} data-autofocus>
          {t("web.clash.keep")}
        </Button>
        <Button loading={isPending} onClick={() => void putMine()}>
          {t("web.clash.put")}
        </Button>
      </Group>
    </Dialog>
  );
}

function Row({
  entity,
  problem,
  values,
}: {
  entity: Entity | null;
  problem: Problem;
  values: Record<string, unknown>;
}) {
  const field = entity?.fields.find((each) => each.name === problem.field);
  const child = entity?.children.find((each) => each.name === problem.field);
  const text = (value: unknown) =>
    (field ? valueText(field, value as Value) : child ? "…" : String(value ?? "")) || "—";
  return (
    <Table.Tr>
      <Table.Td>{field?.label ?? child?.label ?? problem.field}</Table.Td>
      <Table.Td>{text(problem.theirs)}</Table.Td>
      <Table.Td>{text(problem.yours ?? values[problem.field ?? ""])}</Table.Td>
    </Table.Tr>
  );
}
