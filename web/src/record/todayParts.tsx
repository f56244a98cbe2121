// What other places add to Today: a feature names its parts, the app collects them, and Today shows those that are open
// to the reader above its lines.
import { createContext, Suspense, useContext } from "react";
import type { ComponentType } from "react";
import { may, useSession } from "@/api/useSession";
import { later } from "@/ui/later";

export interface TodayPart {
  name: string;
  /** The least first. */
  order: number;
  needs: [entity: string, verb: string];
  load: () => Promise<{ default: ComponentType }>;
}

type Ready = Omit<TodayPart, "load"> & { Part: ComponentType };

export const readyTodayParts = (all: TodayPart[]): Ready[] =>
  all.map(({ load, ...rest }) => ({ ...rest, Part: later(load).Part })).sort((a, b) => a.order - b.order);

/** Filled around the screens (app/todayParts.ts). */
export const AllTodayParts = createContext<Ready[]>([]);

export function TodayParts() {
  const session = useSession();
  return useContext(AllTodayParts)
    .filter(({ needs }) => may(session, ...needs))
    .map(({ name, Part }) => (
      <Suspense key={name} fallback={null}>
        <Part />
      </Suspense>
    ));
}
