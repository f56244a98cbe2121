// On a client's or a deal's card: what was asked about it, the latest first, and the way to ask more.
import { Button } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";
import Plus from "icons/IconPlus.mjs";
import type { Saved, Title } from "@/api/shapes";
import { useList } from "@/api/useList";
import { useEntity } from "@/api/useMeta";
import { may, useSession } from "@/api/useSession";
import { moment } from "@/core/day";
import { t } from "@/core/words";
import { Due } from "@/features/requests/Due";
import { NewRequest } from "@/features/requests/NewRequest";
import { titleOf } from "@/fields/titleOf";
import { listPath } from "@/list/useListUrl";
import { Section } from "@/record/Section";
import type { SectionProps } from "@/record/sections";
import css from "@/features/requests/Requests.module.css";

const FIRST = 5;

export default function RequestsOf({ entity, record }: SectionProps) {
  const session = useSession();
  const [adding, setAdding] = useState(false);
  const filter = { field: `${entity}_id`, op: "is" as const, value: record.id };
  const found = useList("request", { filter, sort: "-asked_at" }, { limit: FIRST });
  const rows = (found.data?.pages[0]?.items ?? []).slice(0, FIRST);
  const mayAdd = may(session, "request", "add") && !record.archived_at;
  if (!rows.length && !mayAdd) return null;
  return (
    <Section
      title={t("web.place.requests")}
      aside={
        <>
          {rows.length > 0 && <Link href={listPath("/requests", filter, "-asked_at")}>{t("web.request.all")}</Link>}
          {mayAdd && (
            <Button variant="subtle" size="compact-sm" leftSection={<Plus size={14} />} onClick={() => setAdding(true)}>
              {t("web.request.ask")}
            </Button>
          )}
        </>
      }
    >
      {found.data && !rows.length && <p className={css.none}>{t("web.request.none")}</p>}
      {rows.length > 0 && (
        <ul className={css.list}>
          {rows.map((row) => (
            <Line key={row.id} row={row} />
          ))}
        </ul>
      )}
      {adding && (
        <NewRequest {...about(entity, record)} close={() => setAdding(false)} onDone={() => setAdding(false)} />
      )}
    </Section>
  );
}

function about(entity: string, record: Saved): { client?: Title; deal?: Title } {
  const itself = { id: record.id, title: titleOf(record) };
  if (entity === "client") return { client: itself };
  const client = record.client_id
    ? { id: Number(record.client_id), title: record._titles?.client_id?.title ?? "" }
    : undefined;
  return { deal: itself, client };
}

function Line({ row }: { row: Saved }) {
  const state = String(row.state);
  const label = useEntity("request")
    ?.fields.find(({ name }) => name === "state")
    ?.options?.find(({ key }) => key === state)?.label;
  return (
    <li className={css.line}>
      <Link href={`/requests/${row.id}`}>{titleOf(row)}</Link>
      <b>{label}</b>
      <Due state={state} due={row.due_at ? String(row.due_at) : null} />
      <span>{moment(String(row.asked_at))}</span>
      <p>{String(row.answer ?? row.what ?? "")}</p>
    </li>
  );
}
