// What was learnt of a client while speaking with it: its addresses and phones, as they are now.
import { Button, TextInput } from "@mantine/core";
import type { Row } from "@/api/shapes";
import { useRecord } from "@/api/useRecord";
import { t } from "@/core/words";
import { Waiting } from "@/ui/Waiting";
import css from "@/features/activities/CloseForm.module.css";

/** The lists as they shall stand; none: they stay as they are. */
export interface Corrected {
  addresses?: Row[];
  phones?: Row[];
}

interface Props {
  client: number;
  value: Corrected | null;
  onChange: (value: Corrected | null) => void;
}

const rowsOf = (of: unknown) => (of as Row[] | undefined) ?? [];

/* Empty ones at the end are to be typed into. */
const withRoom = (rows: Row[], more: Row) =>
  rows.length && !rows.at(-1)?.[Object.keys(more)[0] ?? ""] ? rows : [...rows, more];

export function Corrections({ client, value, onChange }: Props) {
  if (!value)
    return (
      <Button variant="subtle" size="compact-sm" className={css.more} onClick={() => onChange({})}>
        {t("web.activity.correct")}
      </Button>
    );
  return <Lists client={client} value={value} onChange={onChange} />;
}

function Lists({ client, value, onChange }: { client: number; value: Corrected; onChange: Props["onChange"] }) {
  const { data: record } = useRecord("client", client);
  if (!record) return <Waiting />;
  const addresses = withRoom(value.addresses ?? rowsOf(record.addresses), { text: "", kind: "actual" });
  const phones = withRoom(value.phones ?? rowsOf(record.phones), { number: "" });
  const put = (list: "addresses" | "phones", rows: Row[], member: string) => (at: number, text: string) =>
    onChange({ ...value, [list]: rows.map((row, i) => (i === at ? { ...row, [member]: text } : row)) });
  const putAddress = put("addresses", addresses, "text");
  const putPhone = put("phones", phones, "number");
  return (
    <fieldset className={css.corrections} aria-label={t("web.activity.correct")}>
      {addresses.map((row, at) => (
        <TextInput
          key={at}
          size="sm"
          label={t(row.id ? "web.activity.address" : "web.activity.address_new")}
          autoFocus={!at}
          value={String(row.text)}
          onChange={(event) => putAddress(at, event.currentTarget.value)}
        />
      ))}
      {phones.map((row, at) => (
        <TextInput
          key={at}
          size="sm"
          type="tel"
          label={t(row.id ? "web.activity.phone" : "web.activity.phone_new")}
          value={String(row.number)}
          onChange={(event) => putPhone(at, event.currentTarget.value)}
        />
      ))}
    </fieldset>
  );
}

const kept = (rows: Row[] | undefined, member: string) =>
  rows?.filter((row) => String(row[member]).trim()).map(({ _titles, ...row }) => row);

/** What is sent of it; undefined: nothing was corrected. */
export function correctedRow(value: Corrected | null): Row | undefined {
  const addresses = kept(value?.addresses, "text");
  const phones = kept(value?.phones, "number");
  return addresses || phones ? { ...(addresses && { addresses }), ...(phones && { phones }) } : undefined;
}
