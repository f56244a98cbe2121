// A name for what a list shows, and who else gets it.
import { Button, Group, Select, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Refusal, said } from "@/api/http";
import { may, useSession } from "@/api/useSession";
import { t } from "@/core/words";
import { RefSelect } from "@/fields/RefSelect";
import { type Share, useViewDeeds, type View, type ViewPatch } from "@/list/views/useViews";
import { Dialog } from "@/ui/Dialog";
import { tellDone } from "@/ui/toasts";

interface Props {
  entity: string;
  /** One that is kept already. */
  view?: View;
  content: ViewPatch;
  close: () => void;
  onDone: (id: number) => void;
}

export function ViewDialog({ entity, view, content, close, onDone }: Props) {
  const session = useSession();
  const deeds = useViewDeeds(entity);
  const [name, setName] = useState(view?.name ?? "");
  const [shared, setShared] = useState<Share>(view?.shared ?? "mine");
  const [unit, setUnit] = useState(view?.unit_id ?? null);
  const [role, setRole] = useState(view?.role_id ?? null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const wide = session.rights.view?.share === "all";
  const shares: Share[] = [
    "mine",
    ...(may(session, "view", "share") ? (["unit"] as const) : []),
    ...(wide && may(session, "role", "view") ? (["role"] as const) : []),
    ...(wide ? (["all"] as const) : []),
  ];
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const patch = { name, shared, unit_id: shared === "unit" ? unit : null, role_id: shared === "role" ? role : null };
    try {
      if (view) await deeds.change.mutateAsync({ view, patch });
      else onDone((await deeds.make.mutateAsync({ ...content, ...patch })).id);
      tellDone(t("web.view.saved", { name }));
      close();
    } catch (error) {
      setRefusal(error instanceof Refusal ? error : new Refusal(0, said(error), []));
    }
  };
  const known = ["name", "shared", "unit_id", "role_id"];
  const general = refusal && !refusal.problems.some((problem) => known.includes(problem.field ?? ""));
  return (
    <Dialog onClose={close} title={t(view ? "web.view.edit" : "web.view.save_as")}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="sm">
          {general && <p role="alert">{said(refusal)}</p>}
          <TextInput
            label={t("view.name")}
            maxLength={120}
            value={name}
            error={refusal?.of("name")[0]}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          {shares.length > 1 && (
            <Select
              label={t("view.shared")}
              data={shares.map((each) => ({ value: each, label: t(`view.shared.${each}`) }))}
              value={shared}
              error={refusal?.of("shared")[0]}
              onChange={(next) => next && setShared(next as Share)}
              allowDeselect={false}
              comboboxProps={{ transitionProps: { duration: 0 } }}
            />
          )}
          {shared === "unit" && wide && may(session, "unit", "view") && (
            <RefSelect
              label={t("view.unit_id")}
              entity="unit"
              value={unit}
              error={refusal?.of("unit_id")[0]}
              onChange={(picked) => setUnit(picked?.id ?? null)}
              clearable
            />
          )}
          {shared === "role" && (
            <RefSelect
              label={t("view.role_id")}
              entity="role"
              value={role}
              error={refusal?.of("role_id")[0]}
              onChange={(picked) => setRole(picked?.id ?? null)}
              clearable
            />
          )}
        </Stack>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={close}>
            {t("web.cancel")}
          </Button>
          <Button type="submit" loading={deeds.make.isPending || deeds.change.isPending}>
            {t("web.save")}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
