// What other places add to the cards of records: a feature names its sections, the app collects them, and a card shows
// that are about its entity and open to the reader.
import { createContext, Suspense, useContext } from "react";
import type { ComponentType } from "react";
import type { Saved } from "@/api/shapes";
import { may, useSession } from "@/api/useSession";
import { later } from "@/ui/later";

export interface SectionProps {
  entity: string;
  record: Saved;
}

export interface Section {
  name: string;
  /** On whose cards; null: on those of every entity. */
  entity: string | null;
  /** Of a client's or a deal's card also the top, ahead of its figures and lists. */
  place: "top" | "main" | "side";
  /** Among those of one place, the least first. */
  order: number;
  needs?: [entity: string, verb: string];
  load: () => Promise<{ default: ComponentType<SectionProps> }>;
}

type Ready = Omit<Section, "load"> & { Part: ComponentType<SectionProps> };

export const readySections = (all: Section[]): Ready[] =>
  all.map(({ load, ...rest }) => ({ ...rest, Part: later(load).Part })).sort((a, b) => a.order - b.order);

/** Filled around the screens (app/sections.ts). */
export const AllSections = createContext<Ready[]>([]);

export function CardSections({ place, entity, record }: SectionProps & { place: Section["place"] }) {
  const session = useSession();
  const meant = useContext(AllSections).filter(
    (each) =>
      each.place === place &&
      (each.entity === null || each.entity === entity) &&
      (!each.needs || may(session, ...each.needs)),
  );
  return meant.map(({ name, Part }) => (
    <Suspense key={name} fallback={null}>
      <Part entity={entity} record={record} />
    </Suspense>
  ));
}
