// On the card of every record: what points at it.
import type { Section } from "@/record/sections";

export const sections: Section[] = [
  { name: "related", entity: null, place: "side", order: 90, load: () => import("@/features/related/Related") },
];
