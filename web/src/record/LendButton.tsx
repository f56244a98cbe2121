// Lending a record to a colleague until a day, to look at or to work with; and seeing to whom it is lent.
import { Button } from "@mantine/core";
import { useState } from "react";
import type { Saved } from "@/api/shapes";
import { may, useSession } from "@/api/useSession";
import { useActions } from "@/core/actions";
import { t } from "@/core/words";
import { titleOf } from "@/fields/titleOf";
import { LendForm } from "@/record/LendForm";
import { Loans } from "@/record/Loans";
import { useLoans } from "@/record/useLoans";
import { Dialog } from "@/ui/Dialog";
import { Trouble } from "@/ui/Trouble";

interface Props {
  entity: string;
  record: Saved;
}

export function LendButton(props: Props) {
  const [open, setOpen] = useState(false);
  const right = may(useSession(), props.entity, "give");
  const loans = useLoans(`${props.entity}:${props.record.id}`, right);
  const gives = right && loans.data?.may_give !== false;
  useActions(gives ? [{ name: "lend", label: t("web.lend"), run: () => setOpen(true) }] : []);
  if (!gives) return null;
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t("web.lend")}
      </Button>
      {open && <LendDialog {...props} close={() => setOpen(false)} />}
    </>
  );
}

function LendDialog({ entity, record, close }: Props & { close: () => void }) {
  const name = `${entity}:${record.id}`;
  const { data, error, refetch } = useLoans(name);
  return (
    <Dialog onClose={close} title={t("web.lend.title", { name: titleOf(record) })}>
      {error && <Trouble error={error} again={() => void refetch()} />}
      {data && <Loans record={name} items={data.items} />}
      {data?.may_give && <LendForm record={name} mayWork={data.may_give_work} />}
      {data && !data.may_give && <p>{t("given.not_yours")}</p>}
    </Dialog>
  );
}
