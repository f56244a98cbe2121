// What the palette finds: records, deeds, places, each analysis, each part of the settings, the way out.
import { useDebouncedValue } from "@mantine/hooks";
import { useLocation } from "wouter";
import type { Saved } from "@/api/shapes";
import { useFound } from "@/api/useFound";
import { may, useSession } from "@/api/useSession";
import { places } from "@/app/places";
import { usePersonal } from "@/app/usePersonal";
import { offers } from "@/core/actions";
import { day } from "@/core/day";
import { otherLayout } from "@/core/layout";
import { money } from "@/core/number";
import { t } from "@/core/words";
import { analyses } from "@/features/analysis/list";
import { useSettingsTabs } from "@/features/settings/SettingsTabs";
import { titleOf } from "@/fields/titleOf";

export interface Hit {
  key: string;
  group: string;
  label: string;
  note?: string;
  run: () => void;
}

interface Sought {
  entity: string;
  word: string;
  path: string;
  label?: (row: Saved) => string;
  note: (row: Saved) => unknown[];
}

const saleTitle = (row: Saved) =>
  t(row.kind === "return" ? "web.sale.return_title" : "web.sale.title", {
    number: String(row.number ?? ""),
    day: day(String(row.day)),
  });

const sought: Sought[] = [
  { entity: "client", word: "web.place.clients", path: "/clients", note: (row) => [row.number, row.inn, row.city] },
  {
    entity: "sale",
    word: "web.place.sales",
    path: "/sales",
    label: saleTitle,
    note: (row) => [row._titles?.client_id?.title, money(String(row.total ?? ""))],
  },
  { entity: "product", word: "web.place.products", path: "/products", note: (row) => [row.number] },
  { entity: "person", word: "web.place.persons", path: "/persons", note: (row) => [row.post, row.email] },
  {
    entity: "user",
    word: "web.people.users",
    path: "/people/users",
    note: (row) => [row._titles?.role_id?.title, row.email],
  },
];

/** Does a label hold what is typed, under either layout of the keys? */
const fits = (label: string, typed: string) => {
  const low = label.toLowerCase();
  const text = typed.trim().toLowerCase();
  return low.includes(text) || low.includes(otherLayout(text) ?? text);
};

function useRecords(search: string) {
  const session = useSession();
  const [, go] = useLocation();
  const asked = search.trim() !== "";
  const found = sought.map(({ entity }) => useFound(entity, search, asked && may(session, entity, "view"), 5));
  const hits = sought.flatMap(({ entity, word, path, label = titleOf, note }, at) =>
    (asked ? (found[at]?.data?.items ?? []) : []).map((row) => ({
      key: `${entity}${row.id}`,
      group: t(word),
      label: label(row),
      note: note(row).filter(Boolean).join(" · "),
      run: () => go(`${path}/${row.id}`),
    })),
  );
  return { hits, busy: found.some((query) => query.isFetching) };
}

/* Those that are shown before anything is typed are the places alone. */
function useFixed(typed: string): Hit[] {
  const session = useSession();
  const [, go] = useLocation();
  const settings = useSettingsTabs();
  const personal = usePersonal();
  const deeds = offers
    .get()
    .flatMap((offer) => offer.actions)
    .filter((action) => !action.quiet);
  const open = places.filter((place) => place.open(session));
  const door = (group: string, path: string, label: string): Hit => ({ key: path, group, label, run: () => go(path) });
  const own = deeds.map((deed) => ({
    key: `deed ${deed.name}`,
    group: t("web.palette.actions"),
    label: deed.label,
    run: deed.run,
  }));
  const first = [...own, ...open.map(({ path, word }) => door(t("web.places"), path, t(word)))];
  if (!typed.trim()) return first;
  const deeper = [
    ...(may(session, "analysis", "view") ? analyses : []).map(({ name }) =>
      door(t("web.place.analysis"), `/analysis/${name}`, t(`web.analysis.${name}`)),
    ),
    ...settings.map(({ to, label }) => door(t("web.place.settings"), to, label)),
    ...personal
      .filter(({ name }) => name !== "keys" && name !== "me")
      .map(({ name, label, run }) => ({ key: `own ${name}`, group: t("web.palette.actions"), label, run })),
  ];
  return [...first, ...deeper].filter(({ label }) => fits(label, typed));
}

export function usePaletteHits(typed: string): { hits: Hit[]; busy: boolean } {
  const [search] = useDebouncedValue(typed, 120);
  const records = useRecords(search);
  const fixed = useFixed(typed);
  const groups = [...new Set(fixed.map(({ group }) => group))];
  return {
    busy: records.busy,
    hits: [...records.hits, ...groups.flatMap((group) => fixed.filter((hit) => hit.group === group))],
  };
}
