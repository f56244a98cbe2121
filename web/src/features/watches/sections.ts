// On a watch's card its switch; on a finding's the way to excuse it; on the cards of others what was found about them.
import type { Section } from "@/record/sections";

const about = () => import("@/features/watches/FindingsOf");

export const sections: Section[] = [
  {
    name: "watch-switch",
    entity: "watch",
    place: "main",
    order: 5,
    needs: ["watch", "switch"],
    load: () => import("@/features/watches/WatchSwitch"),
  },
  {
    name: "finding-excuse",
    entity: "finding",
    place: "main",
    order: 5,
    needs: ["finding", "excuse"],
    load: () => import("@/features/watches/Excuse"),
  },
  { name: "client-findings", entity: "client", place: "top", order: 5, needs: ["finding", "view"], load: about },
  { name: "deal-findings", entity: "deal", place: "top", order: 5, needs: ["finding", "view"], load: about },
];
