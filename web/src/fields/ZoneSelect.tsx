// Choosing a time zone by its city; its English name finds it too.
import { Select, type SelectProps } from "@mantine/core";
import { useMemo } from "react";
import { otherLayout } from "@/core/layout";
import { type Zone, zones } from "@/core/zones";
import { t } from "@/core/words";

type Props = Omit<SelectProps, "data" | "filter" | "searchable" | "limit"> & {
  /** Those that stand before all others. */
  first: string[];
};

const holds = ({ label, value }: Zone, text: string) =>
  `${label} ${value.replaceAll("_", " ")}`.toLowerCase().includes(text);

export function ZoneSelect({ first, ...rest }: Props) {
  const key = first.join(" ");
  const data = useMemo(() => zones(key.split(" ")), [key]);
  return (
    <Select
      {...rest}
      label={t("web.set_up.zone")}
      data={data}
      searchable
      limit={60}
      filter={({ options, search, limit }) => {
        const text = search.trim().toLowerCase();
        const found = (options as Zone[]).filter((zone) => holds(zone, text) || holds(zone, otherLayout(text) ?? text));
        return found.slice(0, limit);
      }}
    />
  );
}
