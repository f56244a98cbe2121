// A list in groups: a row a group, with its part of the whole and its sums; each opens to its records.
import { Link, useLocation } from "wouter";
import { useMeta } from "@/api/useMeta";
import type { Entity, Field, Value } from "@/api/shapes";
import { type Group, type Groups as Found, useGroups } from "@/api/useGroups";
import type { Wanted } from "@/api/useList";
import { day, month as monthText } from "@/core/day";
import { decimal } from "@/core/number";
import { t } from "@/core/words";
import { valueText } from "@/fields/fieldText";
import { nameOf } from "@/list/conditions";
import { GroupChooser } from "@/list/groups/GroupChooser";
import { askedOf, type By, joined, type Question, questionOf, type Sum, textOf } from "@/list/groups/question";
import { asFilter, listPath } from "@/list/useListUrl";
import { Trouble } from "@/ui/Trouble";
import { useNarrow } from "@/ui/useNarrow";
import { Waiting } from "@/ui/Waiting";
import css from "@/list/groups/Groups.module.css";

interface Props {
  of: Entity;
  label: string;
  wanted: Wanted;
  /** The question, as the address says it; empty: the usual one. */
  by: string;
  onBy: (by: string) => void;
}

export default function Groups({ of, label, wanted, by, onBy }: Props) {
  const meta = useMeta();
  const question = questionOf(meta, of, by);
  const narrow = useNarrow();
  const { names } = useWords(of.name, question);
  const chooser = <GroupChooser of={of} question={question} onChange={(next) => onBy(textOf(next))} />;
  const { data, error, refetch, isPlaceholderData } = useGroups(of.name, askedOf(question), wanted);
  return (
    <div className={css.frame}>
      {narrow ? (
        <details className={css.folded}>
          <summary>
            {t("web.groups.by")}: {names.join(" · ")}
          </summary>
          {chooser}
        </details>
      ) : (
        chooser
      )}
      {error ? (
        <Trouble error={error} again={() => void refetch()} />
      ) : data ? (
        <Table of={of} label={label} wanted={wanted} question={question} found={data} stale={isPlaceholderData} />
      ) : (
        <Waiting />
      )}
    </div>
  );
}

interface TableProps {
  of: Entity;
  label: string;
  wanted: Wanted;
  question: Question;
  found: Found;
  stale: boolean;
}

function useWords(of: string, { by, sums }: Question) {
  const meta = useMeta();
  const names = by.map((each) => nameOf(meta, of, each.path));
  const fields = sums.map((sum) => nameOf(meta, of, sum.path)?.field);
  const heads = sums.map((sum, i) => sumLabel(sum, fields[i]?.label ?? sum.path));
  return {
    names: names.map((each, i) => each?.label ?? by[i]?.path ?? ""),
    keys: names.map((n) => n?.field),
    fields,
    heads,
  };
}

export const sumLabel = ({ how }: Sum, name: string) => t(`web.groups.${how}`, { name });

function keyText(by: By, field: Field | undefined, { value, title }: { value: Value; title?: string }) {
  if (value === null || value === undefined || value === "") return t("web.groups.none");
  if (by.step) return stepText(by.step, String(value));
  if (field?.type === "ref" || field?.type === "link") return title ?? t("web.hidden");
  return field ? valueText(field, value) : String(value);
}

function stepText(step: string, first: string) {
  const [year = "", month = ""] = first.split("-");
  if (step === "year") return year;
  if (step === "quarter") return t("web.groups.quarter_of", { quarter: Math.ceil(Number(month) / 3), year });
  if (step === "month") return monthText(first);
  return step === "week" ? t("web.groups.week_of", { day: day(first) }) : day(first);
}

function cellText({ how }: Sum, field: Field | undefined, value: Value) {
  if (value === null || value === undefined) return "";
  if (how === "distinct") return decimal(String(value));
  if (how === "mean" && field?.type === "int") return valueText({ ...field, type: "qty" }, value);
  return field ? valueText(field, value) : String(value);
}

function Table({ of, label, wanted, question, found, stale }: TableProps) {
  const [path] = useLocation();
  const narrow = useNarrow();
  const { names, keys, fields, heads } = useWords(of.name, question);
  const measured = question.sums.findIndex(({ how }) => how === "sum");
  const measure = ({ count, sums }: { count: number; sums?: Value[] }) =>
    measured < 0 ? count : Number(sums?.[measured] ?? 0);
  const whole = measure(found.all);
  const most = Math.max(0, ...found.items.map(measure));
  const texts = (group: Group) => question.by.map((by, i) => keyText(by, keys[i], group.values?.[i] ?? group));
  const doorOf = (group: Group) => listPath(path, asFilter(joined(wanted.filter ?? null, group.filter)), wanted.sort);
  const shareOf = (group: Group) => (whole > 0 ? `${decimal(((measure(group) / whole) * 100).toFixed(1))} %` : "");
  const cells = (sums?: Value[]) => question.sums.map((sum, i) => cellText(sum, fields[i], sums?.[i] ?? null));
  const bar = (group: Group) => (
    <span className={css.track} aria-hidden>
      <span className={css.bar} style={{ width: `${most > 0 ? Math.max(0, (measure(group) / most) * 100) : 0}%` }} />
    </span>
  );
  const note = found.more && (
    <p className={css.note}>{t("web.groups.more", { n: found.items.length, all: found.groups })}</p>
  );
  if (narrow)
    return (
      <div className={css.scroller} aria-busy={stale}>
        <ul className={css.cards} aria-label={label}>
          {found.items.map((group) => (
            <li key={JSON.stringify(group.filter)}>
              <Link href={doorOf(group)} className={css.card}>
                <span className={css.name}>{texts(group).join(" · ")}</span>
                <span className={css.figure}>
                  {measured < 0 ? decimal(String(group.count)) : cells(group.sums)[measured]}
                </span>
                {bar(group)}
                <span className={css.small}>
                  {[
                    `${t("web.groups.count")}: ${decimal(String(group.count))}`,
                    ...cells(group.sums).map((text, i) => text && i !== measured && `${heads[i]}: ${text}`),
                  ]
                    .filter(Boolean)
                    .join(" · ")}
                </span>
                <span className={css.share}>{shareOf(group)}</span>
              </Link>
            </li>
          ))}
        </ul>
        {note}
      </div>
    );
  return (
    <div className={css.scroller} aria-busy={stale}>
      <table className={css.table} aria-label={label}>
        <thead>
          <tr>
            {names.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
            <th scope="col" className={css.part}>
              {t("web.groups.share")}
            </th>
            <th scope="col" className={css.right}>
              {t("web.groups.count")}
            </th>
            {heads.map((head) => (
              <th key={head} scope="col" className={css.right}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {found.items.map((group) => (
            <tr key={JSON.stringify(group.filter)}>
              {texts(group).map((text, i) => (
                <td key={i}>{i === 0 ? <Link href={doorOf(group)}>{text}</Link> : text}</td>
              ))}
              <td className={css.part}>
                <span className={css.shared}>
                  {bar(group)}
                  <span className={css.percent}>{shareOf(group)}</span>
                </span>
              </td>
              <td className={css.right}>{decimal(String(group.count))}</td>
              {cells(group.sums).map((text, i) => (
                <td key={i} className={css.right}>
                  {text}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td colSpan={names.length + 1}>{t("web.groups.all")}</td>
            <td className={css.right}>{decimal(String(found.all.count))}</td>
            {cells(found.all.sums).map((text, i) => (
              <td key={i} className={css.right}>
                {text}
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
      {note}
    </div>
  );
}
