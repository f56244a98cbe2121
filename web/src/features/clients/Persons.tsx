// Who decides at a client: the persons, whoever decides first, with the part each has in the purchase and how to reach
// them.
import { ActionIcon, Button } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";
import Pencil from "icons/IconPencil.mjs";
import Plus from "icons/IconPlus.mjs";
import type { Row, Saved, Title } from "@/api/shapes";
import { useEntity } from "@/api/useMeta";
import { may, mayHere, useSession } from "@/api/useSession";
import { today } from "@/core/day";
import { dialled } from "@/core/phone";
import { t } from "@/core/words";
import { PersonForm } from "@/features/clients/PersonForm";
import { usePersons } from "@/features/clients/usePersons";
import { ChildForm } from "@/record/ChildForm";
import { Section } from "@/record/Section";
import { useChildren } from "@/record/useChildren";
import css from "@/features/clients/Persons.module.css";

const order = ["decides", "influences", "buys", "uses"];
const rank = (row: Row) => (order.includes(String(row.role)) ? order.indexOf(String(row.role)) : order.length);
const here = (row: Row) => !row.until || String(row.until) >= today();

export function Persons({ record }: { record: Saved }) {
  const entity = useEntity("client");
  const session = useSession();
  const of = entity?.children.find((child) => child.name === "persons");
  const { rows, keep, drop } = useChildren("client", record, "persons");
  const persons = usePersons(
    rows.map((row) => Number(row.person_id)),
    may(session, "person", "view"),
  );
  const [open, setOpen] = useState<Row | null>(null);
  const [adding, setAdding] = useState(false);
  if (!of) return null;
  const editable = mayHere(session, "client", record, "change") && !record.archived_at;
  const roles = of.fields.find((field) => field.name === "role")?.options;
  const sorted = [...rows].sort((a, b) => Number(here(b)) - Number(here(a)) || rank(a) - rank(b));
  return (
    <Section
      title={t("web.client.persons")}
      aside={
        editable && (
          <Button variant="subtle" size="compact-sm" leftSection={<Plus size={14} />} onClick={() => setAdding(true)}>
            {t("web.client.add_person")}
          </Button>
        )
      }
    >
      {sorted.map((row) => {
        const person = persons.find((each) => each.id === row.person_id);
        const name =
          person?.name ?? (row._titles as Record<string, Title> | undefined)?.person_id?.title ?? t("web.hidden");
        const phones = (person?.phones as Row[] | undefined) ?? [];
        return (
          <div key={String(row.id)} className={css.person} data-past={!here(row) || undefined}>
            <div className={css.who}>
              <Link href={`/persons/${String(row.person_id)}`} className={css.name}>
                {String(name)}
              </Link>
              <span className={css.post}>
                {[row.post ?? person?.post, here(row) ? null : t("web.client.past")].filter(Boolean).join(" · ")}
              </span>
            </div>
            {row.role ? (
              <span className={css.role} data-decides={row.role === "decides" || undefined}>
                {roles?.find((role) => role.key === row.role)?.label}
              </span>
            ) : null}
            {editable && (
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t("web.client.edit_contact", { name: String(name) })}
                onClick={() => setOpen(row)}
              >
                <Pencil size={15} />
              </ActionIcon>
            )}
            <div className={css.reach}>
              {phones.map((phone) => (
                <a key={String(phone.id)} href={dialled(String(phone.number))}>
                  {String(phone.number)}
                </a>
              ))}
              {person?.email ? <a href={`mailto:${String(person.email)}`}>{String(person.email)}</a> : null}
            </div>
          </div>
        );
      })}
      {!rows.length && <span className={css.post}>{t("web.client.no_persons")}</span>}
      {open && (
        <ChildForm
          of={of}
          title={t("web.client.persons")}
          row={open}
          save={keep}
          drop={() => drop(open)}
          close={() => setOpen(null)}
        />
      )}
      {adding && <PersonForm of={of} save={keep} close={() => setAdding(false)} />}
    </Section>
  );
}
