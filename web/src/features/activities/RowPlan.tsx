// From the list of clients: something is planned with one of them.
import { PlanForm } from "@/features/activities/PlanForm";
import { titleOf } from "@/fields/titleOf";
import type { RowDeedProps } from "@/list/rowActions";

export default function RowPlan({ rows: [row], close }: RowDeedProps) {
  return row ? <PlanForm client={{ id: row.id, title: titleOf(row) }} close={close} /> : null;
}
