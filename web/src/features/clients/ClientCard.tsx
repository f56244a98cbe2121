// A client's card: who they are and who decides, what they are worth, what happened last and what is next, then the
// whole history.
import { Button } from "@mantine/core";
import { Link, useParams } from "wouter";
import Printer from "icons/IconPrinter.mjs";
import type { Field, Saved, Value } from "@/api/shapes";
import { useRecord } from "@/api/useRecord";
import { may, mayHere, useSession } from "@/api/useSession";
import { t } from "@/core/words";
import { fieldText } from "@/fields/fieldText";
import { titleOf } from "@/fields/titleOf";
import { BoughtProducts } from "@/features/clients/BoughtProducts";
import { Classes } from "@/features/clients/Classes";
import { ClientFindings } from "@/features/clients/ClientFindings";
import { ClientSales } from "@/features/clients/ClientSales";
import { Contacts } from "@/features/clients/Contacts";
import { InnNote } from "@/features/clients/InnNote";
import { Persons } from "@/features/clients/Persons";
import { RevenueChart } from "@/features/clients/RevenueChart";
import { RhythmChart } from "@/features/clients/RhythmChart";
import { StateLine } from "@/features/clients/StateLine";
import { useClientCard } from "@/features/clients/useClientCard";
import { Worth } from "@/features/clients/Worth";
import { ArchiveButton } from "@/record/ArchiveButton";
import { Fields } from "@/record/Fields";
import { History } from "@/record/History";
import { LendButton } from "@/record/LendButton";
import { LoanLine } from "@/record/LoanLine";
import { Section } from "@/record/Section";
import { CardSections } from "@/record/sections";
import { NotShown } from "@/ui/NotShown";
import { Page } from "@/ui/Page";
import { Trouble } from "@/ui/Trouble";
import { Waiting } from "@/ui/Waiting";
import css from "@/features/clients/ClientCard.module.css";

const first = [
  "name",
  "kind",
  "state",
  "state_reason",
  "keeper_id",
  "city",
  "inn",
  "kpp",
  "number",
  "source_id",
  "parent_id",
  "note",
];
const back = () => ({ to: "/clients", label: t("web.place.clients") });
const warn = (id: number) => (field: string, value: Value) =>
  field === "inn" ? <InnNote inn={String(value ?? "")} but={id} /> : undefined;

export default function ClientCard() {
  const id = Number(useParams<{ id: string }>().id);
  const session = useSession();
  const { data: record, error, refetch } = useRecord("client", id);
  const card = useClientCard(id);
  if (error) return <NotShown error={error} again={() => void refetch()} back={back()} />;
  if (!record) return <Waiting />;
  const name = titleOf(record);
  return (
    <Page
      title={name}
      name={name}
      back={back()}
      aside={record.archived_at ? t("web.archive.is") : card.data && <Classes classes={card.data.classes} />}
      note={<LoanLine record={`client:${id}`} />}
      actions={
        <>
          <Button variant="default" leftSection={<Printer size={16} />} onClick={() => window.print()}>
            {t("web.print")}
          </Button>
          <LendButton entity="client" record={record} />
          {mayHere(session, "client", record, "archive") && (
            <ArchiveButton entity="client" record={record} asksReason />
          )}
        </>
      }
    >
      <div className={css.card}>
        <div className={css.main}>
          {card.error && <Trouble error={card.error} again={() => void card.refetch()} />}
          {card.data?.totals && (
            <>
              <div className={css.worth}>
                <Worth card={card.data} />
              </div>
              <ClientFindings id={id} />
            </>
          )}
          <CardSections place="top" entity="client" record={record} />
          {card.data?.totals && (
            <>
              {card.data.revenue.length > 0 && <RevenueChart months={card.data.revenue} />}
              {card.data.rhythm.days.length > 0 && <RhythmChart rhythm={card.data.rhythm} />}
              <BoughtProducts products={card.data.products} />
            </>
          )}
          {may(session, "sale", "view") && <ClientSales id={id} />}
          <CardSections place="main" entity="client" record={record} />
        </div>
        <div className={css.side}>
          <div className={css.people}>
            <Persons record={record} />
            <Contacts record={record} />
          </div>
          <Section title={t("web.record.facts")}>
            <Fields
              entity="client"
              record={record}
              names={first}
              others
              skip={["inn_wrong"]}
              warn={warn(id)}
              shown={(field) => parentLink(field, record)}
              custom={(field) =>
                field.name === "state" && mayHere(session, "client", record, "change") && !record.archived_at ? (
                  <StateLine record={record} field={field} />
                ) : undefined
              }
            />
          </Section>
          <CardSections place="side" entity="client" record={record} />
          <Section title={t("web.history")}>
            <History entity="client" id={id} />
          </Section>
        </div>
      </div>
    </Page>
  );
}

const parentLink = (field: Field, record: Saved) =>
  field.name === "parent_id" && record.parent_id ? (
    <Link href={`/clients/${String(record.parent_id)}`}>{fieldText(field, record)}</Link>
  ) : undefined;
