// What an analysis is asked about: period, measure, cuts, channel, class, seller, client, product. What is set stands
// in the address.
import { SegmentedControl, Select } from "@mantine/core";
import type { ReactNode } from "react";
import { useFoundTitles } from "@/api/useFoundTitles";
import { useRecord } from "@/api/useRecord";
import { may, useSession } from "@/api/useSession";
import { daysAfter, monthsAfter } from "@/core/day";
import { t } from "@/core/words";
import type { AnswerSettings } from "@/features/analysis/answers";
import { CutsPicker } from "@/features/analysis/CutsPicker";
import type { AnalysisRow, Setting } from "@/features/analysis/list";
import { PeriodPicker } from "@/features/analysis/PeriodPicker";
import { periods } from "@/features/analysis/periods";
import type { Settings } from "@/features/analysis/useAnalysis";
import { RefSelect } from "@/fields/RefSelect";
import { titleOf } from "@/fields/titleOf";
import css from "@/features/analysis/SettingsBar.module.css";

interface Props {
  of: AnalysisRow;
  settings: Settings;
  /** The settings the answer speaks of; null until there is one. */
  real: AnswerSettings | null;
  change: (part: Record<string, string | null | undefined>) => void;
}

const unknown = { earliest: null, latest: null };

export function SettingsBar({ of, settings, real, change }: Props) {
  const segments = (name: string, values: string[], label: (value: string) => string) => (
    <SegmentedControl
      aria-label={t(`web.analysis.${name}`)}
      value={settings[name] ?? values[0]}
      onChange={(value) => change({ [name]: value === values[0] ? null : value, cell: null })}
      data={values.map((value) => ({ value, label: label(value) }))}
    />
  );
  const one = (name: "seller" | "client" | "product", entity: string, label: string) => (
    <One
      entity={entity}
      label={label}
      any={t(`web.analysis.${name}_any`)}
      value={settings[name]}
      onChange={(value) => change({ [name]: value })}
    />
  );
  const widgets: Record<Setting, () => ReactNode> = {
    period: () => (
      <PeriodPicker
        label={t("web.analysis.period")}
        options={periods(real ?? unknown)}
        from={settings.from}
        to={settings.to}
        shown={real ?? undefined}
        onChange={(from, to) => change({ from, to })}
      />
    ),
    before: () => (
      <PeriodPicker
        label={t("web.analysis.before")}
        prefix={t("web.analysis.against")}
        options={[{ key: "before", from: "", to: "" }, ...yearBefore(real)]}
        from={settings.before_from}
        to={settings.before_to}
        onChange={(from, to) => change({ before_from: from, before_to: to })}
      />
    ),
    compare: () => <Compare value={settings.before} to={real?.to} onChange={(value) => change({ before: value })} />,
    of: () => segments("of", ["client", "product"], (value) => t(`web.analysis.of.${value}`)),
    grain: () => segments("grain", ["month", "week", "year"], (value) => t(`web.grain.${value}`)),
    measure: () =>
      segments("measure", real?.measures ?? ["revenue", "margin", "quantity"], (value) => t(`web.measure.${value}`)),
    cuts: () => (
      <CutsPicker
        key={settings.cuts ?? ""}
        label="ABC"
        value={settings.cuts}
        usual={[80, 95]}
        onChange={(cuts) => change({ cuts })}
      />
    ),
    xyz: () => (
      <CutsPicker
        key={settings.xyz ?? ""}
        label="XYZ"
        value={settings.xyz}
        usual={[10, 25]}
        onChange={(xyz) => change({ xyz })}
      />
    ),
    channel: () => <Channel value={settings.channel} onChange={(value) => change({ channel: value })} />,
    class: () => (
      <Select
        aria-label={t("web.analysis.class")}
        className={css.short}
        placeholder={t("web.analysis.class_any")}
        data={["A", "B", "C"].map((value) => ({ value, label: t("web.analysis.class_of", { name: value }) }))}
        value={settings.class ?? null}
        clearable
        clearButtonProps={{ "aria-label": t("web.clear") }}
        onChange={(value) => change({ class: value })}
      />
    ),
    seller: () => one("seller", "user", t("sale.seller_id")),
    client: () => one("client", "client", t("head.client")),
    product: () => one("product", "product", t("head.product")),
  };
  return (
    <div className={css.bar} role="group" aria-label={t("web.analysis.settings")}>
      {of.settings.map((setting) => (
        <div key={setting}>{widgets[setting]()}</div>
      ))}
    </div>
  );
}

/* The same days one year earlier. */
function yearBefore(real: AnswerSettings | null) {
  if (!real) return [];
  const earlier = (text: string) => daysAfter(text, -365);
  return [{ key: "year_before", from: earlier(real.from), to: earlier(real.to) }];
}

interface PickProps {
  value: string | undefined;
  onChange: (value: string | null) => void;
}

function Compare({ value, to, onChange }: PickProps & { to: string | undefined }) {
  if (!to) return null;
  const data = [1, 3, 6, 12].map((months) => ({
    value: daysAfter(monthsAfter(to, 1 - months), -1),
    label: t("web.analysis.compare_ago", { n: months }),
  }));
  const usual = data[0]?.value ?? "";
  return (
    <Select
      aria-label={t("web.analysis.compare")}
      className={css.wide}
      data={data}
      value={value ?? usual}
      allowDeselect={false}
      onChange={(next) => onChange(next === usual ? null : next)}
    />
  );
}

function Channel({ value, onChange }: PickProps) {
  const session = useSession();
  const open = may(session, "channel", "view");
  const { data } = useFoundTitles("channel", "", open);
  if (!open) return null;
  return (
    <Select
      aria-label={t("sale.channel_id")}
      className={css.short}
      placeholder={t("web.analysis.channel_any")}
      data={(data?.items ?? []).map(({ id, title }) => ({ value: String(id), label: title }))}
      value={value ?? null}
      clearable
      clearButtonProps={{ "aria-label": t("web.clear") }}
      onChange={onChange}
    />
  );
}

interface OneProps extends PickProps {
  entity: string;
  label: string;
  any: string;
}

/* A colleague, a client or a product by a few letters of the name. */
function One({ entity, label, any, value, onChange }: OneProps) {
  const session = useSession();
  const { data } = useRecord(entity, Number(value), Boolean(value));
  if (!may(session, entity, "view")) return null;
  const title = data && { id: data.id, title: titleOf(data) };
  return (
    <div className={css.wide}>
      <RefSelect
        entity={entity}
        aria-label={label}
        placeholder={any}
        value={value ? Number(value) : null}
        title={title}
        onChange={(next) => onChange(next ? String(next.id) : null)}
        clearable
      />
    </div>
  );
}
