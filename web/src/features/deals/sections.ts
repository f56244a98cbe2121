// On a client's card: its deals, and what it needs; on a deal's what its client needs.
import type { Section } from "@/record/sections";

export const sections: Section[] = [
  {
    name: "deals",
    entity: "client",
    place: "top",
    order: 20,
    needs: ["deal", "view"],
    load: () => import("@/features/deals/ClientDeals"),
  },
  {
    name: "needs",
    entity: "client",
    place: "top",
    order: 25,
    needs: ["need", "view"],
    load: () => import("@/features/deals/ClientNeeds"),
  },
  {
    name: "deal-needs",
    entity: "deal",
    place: "main",
    order: 15,
    needs: ["need", "view"],
    load: () => import("@/features/deals/ClientNeeds"),
  },
];
