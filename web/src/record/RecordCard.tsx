// The card of a plain record: its fields, its lists, what happened to it, and whatever its place adds.
import type { ReactNode } from "react";
import type { Field, Saved } from "@/api/shapes";
import type { EntityName } from "@/api/types";
import { useEntity } from "@/api/useMeta";
import { useRecord } from "@/api/useRecord";
import { may, mayHere, useSession } from "@/api/useSession";
import { t } from "@/core/words";
import { titleOf } from "@/fields/titleOf";
import { ArchiveButton } from "@/record/ArchiveButton";
import type { ChildShape } from "@/record/childShape";
import { ChildTable } from "@/record/ChildTable";
import { Fields } from "@/record/Fields";
import { History } from "@/record/History";
import { LendButton } from "@/record/LendButton";
import { LoanLine } from "@/record/LoanLine";
import { Section } from "@/record/Section";
import { CardSections } from "@/record/sections";
import { Nothing } from "@/ui/Nothing";
import { NotShown } from "@/ui/NotShown";
import { Page } from "@/ui/Page";
import { Waiting } from "@/ui/Waiting";
import css from "@/record/RecordCard.module.css";

interface Props {
  entity: EntityName;
  id: number;
  back?: { to: string; label: string };
  fields: string[];
  skip?: string[];
  lists?: string[];
  shapes?: Record<string, ChildShape>;
  /** What stands in the place of a value, and is not changed here. */
  told?: (record: Saved) => (field: Field) => ReactNode | undefined;
  title?: (record: Saved) => string;
  actions?: (record: Saved) => ReactNode;
  aside?: (record: Saved) => ReactNode;
  children?: (record: Saved) => ReactNode;
  noArchive?: boolean;
  /** The main part takes the whole width, details stand below it. */
  wide?: boolean;
  /** On paper stands what the place itself says, without lists, files and history. */
  alone?: boolean;
}

export function RecordCard(props: Props) {
  const entity = useEntity(props.entity);
  const session = useSession();
  const { data: record, error, refetch } = useRecord(props.entity, props.id, entity !== null);
  if (!entity) return <Nothing title={t("web.denied")}>{t("web.denied.note")}</Nothing>;
  if (error) return <NotShown error={error} again={() => void refetch()} back={props.back} />;
  if (!record) return <Waiting />;
  const name = props.title?.(record) ?? titleOf(record);
  const lists = entity.children.filter((child) => props.lists?.includes(child.name) ?? true);
  return (
    <Page
      title={name}
      name={name}
      back={props.back}
      aside={record.archived_at ? t("web.archive.is") : props.aside?.(record)}
      note={may(session, entity.name, "give") && <LoanLine record={`${entity.name}:${record.id}`} />}
      actions={
        <>
          {props.actions?.(record)}
          <LendButton entity={entity.name} record={record} />
          {!props.noArchive && mayHere(session, entity.name, record, "archive") && (
            <ArchiveButton entity={entity.name} record={record} />
          )}
        </>
      }
    >
      <div className={css.card} data-wide={props.wide || undefined} data-alone={props.alone || undefined}>
        <div className={css.main}>
          {props.alone ? <div className={css.alone}>{props.children?.(record)}</div> : props.children?.(record)}
          {lists.map((child) => (
            <ChildTable
              key={child.name}
              entity={entity}
              record={record}
              of={child}
              shape={props.shapes?.[child.name]}
            />
          ))}
          <CardSections place="main" entity={entity.name} record={record} />
        </div>
        <div className={css.side}>
          <Section title={t("web.record.facts")}>
            <Fields
              entity={entity.name}
              record={record}
              names={props.fields}
              others
              skip={props.skip}
              told={props.told?.(record)}
            />
          </Section>
          <CardSections place="side" entity={entity.name} record={record} />
          <Section title={t("web.history")}>
            <History entity={entity.name} id={record.id} />
          </Section>
        </div>
      </div>
    </Page>
  );
}
