// A change that met somebody else's change of the same field, waiting for a decision.
import type { Refusal } from "@/api/http";
import type { Row } from "@/api/shapes";
import { signal } from "@/core/signal";

export interface Clash {
  entity: string;
  id: number;
  values: Row;
  refusal: Refusal;
}

export const clash = signal<Clash | null>(null);
