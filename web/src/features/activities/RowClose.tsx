// From a list: the form that ends an activity, beside what was said to the client before.
import { t } from "@/core/words";
import { CloseForm, closableOf } from "@/features/activities/CloseForm";
import { LastResults } from "@/features/activities/LastResults";
import { useKinds } from "@/features/activities/useKinds";
import { titleOf } from "@/fields/titleOf";
import type { RowDeedProps } from "@/list/rowActions";
import { Dialog } from "@/ui/Dialog";

export default function RowClose({ rows: [row], close }: RowDeedProps) {
  const kind = useKinds()?.find(({ id }) => id === row?.kind_id);
  if (!row || !kind) return null;
  const line = closableOf(row, kind);
  return (
    <Dialog onClose={close} title={`${t("web.today.close")}: ${line.client?.title ?? titleOf(row)}`} size="lg">
      <CloseForm line={line} onDone={close} focus />
      {line.client && <LastResults client={line.client.id} here={row.id} />}
    </Dialog>
  );
}
