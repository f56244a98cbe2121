// From a list: a request is answered.
import { SayDialog } from "@/features/requests/SayDialog";
import type { RowDeedProps } from "@/list/rowActions";

export default function RowStep({ rows: [row], close }: RowDeedProps) {
  return row ? <SayDialog request={row} as="answer" begun={String(row.answer ?? "")} close={close} /> : null;
}
