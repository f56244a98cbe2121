// On a client's card: its deals.
import type { Section } from "@/record/sections";

export const sections: Section[] = [
  {
    name: "deals",
    entity: "client",
    place: "main",
    order: 20,
    needs: ["deal", "view"],
    load: () => import("@/features/deals/ClientDeals"),
  },
];
