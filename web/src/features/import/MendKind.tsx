// What mends all problems of a kind: a press puts it into the plan, and the file is checked again.
import { Button } from "@mantine/core";
import { useState } from "react";
import { t, tn } from "@/core/words";
import type { Ask, Mend } from "@/features/import/types";
import { RefSelect } from "@/fields/RefSelect";
import css from "@/features/import/ImportProblems.module.css";

interface Props {
  mend: Mend;
  field: string | null;
  label: string;
  ask: Ask;
  onMend: (part: Partial<Ask>) => void;
}

export function MendKind({ mend, field, label, ask, onMend }: Props) {
  if (mend.kind === "people") return <MakePeople mend={mend} ask={ask} onMend={onMend} />;
  const run = () =>
    mend.kind === "create"
      ? onMend({ mode: "upsert" })
      : onMend({ mends: { ...ask.mends, blank: [...(ask.mends?.blank ?? []), field ?? ""] } });
  return (
    <Button variant="light" size="sm" onClick={run}>
      {mend.kind === "create" ? tn("web.import.mend.create", mend.count) : t("web.import.mend.blank", { field: label })}
    </Button>
  );
}

function MakePeople({ mend, ask, onMend }: Pick<Props, "ask" | "onMend"> & { mend: Mend & { kind: "people" } }) {
  const [role, setRole] = useState(mend.role);
  return (
    <div className={css.mend}>
      <RefSelect
        entity="role"
        label={t("web.import.mend.role")}
        value={role?.id ?? null}
        title={role ?? undefined}
        onChange={setRole}
      />
      <Button
        variant="light"
        size="sm"
        disabled={role === null}
        onClick={() => role !== null && onMend({ mends: { ...ask.mends, people: role.id } })}
      >
        {tn("web.import.mend.people", mend.count)}
      </Button>
    </div>
  );
}
