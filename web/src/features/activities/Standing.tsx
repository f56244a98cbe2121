// Where things stand with each client of somebody, or of all one sees: the last contact and what came of it, the deal
// and its stage, what comes next. What is overdue comes first and is marked.
import { Button } from "@mantine/core";
import { Link, useSearchParams } from "wouter";
import Printer from "icons/IconPrinter.mjs";
import type { Filter } from "@/api/shapes";
import { useRecord } from "@/api/useRecord";
import { may, useSession } from "@/api/useSession";
import { day, dayOf, moment } from "@/core/day";
import { t, tn } from "@/core/words";
import { ChannelIcon } from "@/features/activities/ChannelIcon";
import { type StandingContact, type StandingLine, useStanding } from "@/features/activities/useStanding";
import { WorkTabs } from "@/features/activities/WorkTabs";
import { RefSelect } from "@/fields/RefSelect";
import { cardPath } from "@/list/door";
import { ExportMenu } from "@/list/ExportMenu";
import { Nothing } from "@/ui/Nothing";
import { Page } from "@/ui/Page";
import { Trouble } from "@/ui/Trouble";
import { Waiting } from "@/ui/Waiting";
import css from "@/features/activities/Standing.module.css";

const filterOf = (whose: number | null): Filter | null =>
  whose ? { field: "keeper_id", op: "is", value: whose } : null;

export default function Standing() {
  const session = useSession();
  const [query, setQuery] = useSearchParams();
  const whose = Number(query.get("whose")) || null;
  const person = useRecord("user", whose ?? 0, whose !== null).data;
  const filter = filterOf(whose);
  const name = t("web.standing.title");
  return (
    <Page
      title={name}
      name={name}
      printed={person ? [String(person.name)] : undefined}
      actions={
        <>
          {may(session, "client", "export") && (
            <ExportMenu
              entity="client"
              what="standing/export"
              question={{ filter: filter ? JSON.stringify(filter) : undefined }}
            />
          )}
          <Button variant="default" leftSection={<Printer size={16} />} onClick={() => window.print()}>
            {t("web.print")}
          </Button>
        </>
      }
    >
      <WorkTabs />
      <div className={css.whose}>
        <RefSelect
          key={person ? Number(person.id) : 0}
          entity="user"
          aria-label={t("web.standing.whose")}
          placeholder={t("web.standing.whose")}
          value={whose}
          title={person ? { id: Number(person.id), title: String(person.name) } : undefined}
          clearable
          onChange={(picked) => setQuery(picked ? { whose: String(picked.id) } : {})}
        />
      </div>
      <Lines filter={filter} named={!whose} />
    </Page>
  );
}

function Lines({ filter, named }: { filter: Filter | null; named: boolean }) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useStanding(filter);
  if (error) return <Trouble error={error} again={() => void refetch()} />;
  if (!data) return <Waiting />;
  const lines = data.pages.flatMap(({ items }) => items);
  if (!lines.length) return <Nothing title={t("web.standing.none")}>{t("web.standing.none_note")}</Nothing>;
  return (
    <>
      <table className={css.table}>
        <thead>
          <tr>
            {["client", "last_at", "deal", "next_at"].map((head) => (
              <th key={head} scope="col">
                {t(`web.standing.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Row key={line.id} line={line} named={named} />
          ))}
        </tbody>
      </table>
      {hasNextPage && (
        <Button variant="default" mt="md" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t("web.more")}
        </Button>
      )}
    </>
  );
}

function Row({ line, named }: { line: StandingLine; named: boolean }) {
  const { deal } = line;
  return (
    <tr data-late={line.late || undefined}>
      <td>
        <Link href={cardPath("client", line.id)}>{line.title}</Link>
        {named && line.keeper && <small>{line.keeper.title}</small>}
      </td>
      <td data-head={t("web.standing.last_at")}>
        {line.last ? <Contact of={line.last} /> : <small>{t("web.standing.no_last")}</small>}
      </td>
      <td data-head={t("web.standing.deal")}>
        {deal ? (
          <>
            <b>{deal.stage}</b>
            <Link href={cardPath("deal", deal.id)}>{deal.title}</Link>
            {deal.step && (
              <small>
                {[deal.step, deal.step_due_at && t("web.standing.until", { day: day(dayOf(deal.step_due_at)) })]
                  .filter(Boolean)
                  .join(" · ")}
              </small>
            )}
            {deal.others > 0 && <small>{tn("web.standing.others", deal.others)}</small>}
          </>
        ) : (
          <small>{t("web.standing.no_deal")}</small>
        )}
      </td>
      <td data-head={t("web.standing.next_at")}>
        {line.late && <b className={css.late}>{t("web.standing.late")}</b>}
        {line.next ? <Contact of={line.next} /> : <small className={css.missing}>{t("web.standing.no_next")}</small>}
      </td>
    </tr>
  );
}

function Contact({ of }: { of: StandingContact }) {
  const at = of.timed ? moment(of.at) : day(dayOf(of.at));
  const head = (
    <>
      {of.channel && <ChannelIcon channel={of.channel} size={15} />} {at}
      {of.kind && ` · ${of.kind}`}
    </>
  );
  return (
    <>
      {of.id ? (
        <Link href={cardPath("activity", of.id)} className={css.contact}>
          {head}
        </Link>
      ) : (
        <span className={css.contact}>{head}</span>
      )}
      {of.says && <p>{of.says}</p>}
      {of.by && <small>{of.by}</small>}
    </>
  );
}
