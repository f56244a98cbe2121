// How a client is reached: phones that dial, addresses that open a map; a pencil edits, saved at once.
import { ActionIcon, Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import MapPin from "icons/IconMapPin.mjs";
import Pencil from "icons/IconPencil.mjs";
import Phone from "icons/IconPhone.mjs";
import Plus from "icons/IconPlus.mjs";
import type { Children, Row, Saved } from "@/api/shapes";
import { useEntity } from "@/api/useMeta";
import { mayHere, useSession } from "@/api/useSession";
import { dialled } from "@/core/phone";
import { t } from "@/core/words";
import { ChildForm } from "@/record/ChildForm";
import { Section } from "@/record/Section";
import { useChildren } from "@/record/useChildren";
import css from "@/features/clients/Contacts.module.css";

const phone = (row: Row) => (
  <>
    <Phone size={16} aria-hidden />
    <span>
      <a href={dialled(String(row.number))}>{String(row.number)}</a>
      {row.note ? <small>{String(row.note)}</small> : null}
    </span>
  </>
);

const address = (kinds: Children | undefined) => (row: Row) => {
  const kind = kinds?.fields
    .find((field) => field.name === "kind")
    ?.options?.find((option) => option.key === row.kind)?.label;
  return (
    <>
      <MapPin size={16} aria-hidden />
      <span>
        {String(row.text)}
        {kind && <small>{kind}</small>}
      </span>
    </>
  );
};

export function Contacts({ record }: { record: Saved }) {
  const entity = useEntity("client");
  const child = (name: string) => entity?.children.find((each) => each.name === name);
  return (
    <Section title={t("web.client.contacts")}>
      <Rows record={record} of={child("phones")} line={phone} />
      <Rows record={record} of={child("addresses")} line={address(child("addresses"))} />
    </Section>
  );
}

function Rows({ record, of, line }: { record: Saved; of: Children | undefined; line: (row: Row) => ReactNode }) {
  const session = useSession();
  const { rows, keep, drop } = useChildren("client", record, of?.name ?? "");
  const [open, setOpen] = useState<Row | null>(null);
  if (!of) return null;
  const editable = mayHere(session, "client", record, "change") && !record.archived_at;
  return (
    <div className={css.list}>
      {rows.map((row, at) => (
        <div key={String(row.id ?? at)} className={css.row}>
          {line(row)}
          {editable && (
            <ActionIcon
              variant="subtle"
              color="gray"
              className={css.pencil}
              aria-label={t("web.client.edit_contact", { name: String(row.number ?? row.text) })}
              onClick={() => setOpen(row)}
            >
              <Pencil size={15} />
            </ActionIcon>
          )}
        </div>
      ))}
      {editable && (
        <Button variant="subtle" size="compact-xs" leftSection={<Plus size={12} />} onClick={() => setOpen({})}>
          {t(`web.client.add_${of.name}`)}
        </Button>
      )}
      {open && (
        <ChildForm
          of={of}
          title={of.label}
          row={open}
          save={keep}
          drop={open.id ? () => drop(open) : undefined}
          close={() => setOpen(null)}
        />
      )}
    </div>
  );
}
