// On cards: of a client its work, what comes next on top; of a person the chain of contacts; of a deal what comes
// next and what is done about it.
import type { Section } from "@/record/sections";

export const sections: Section[] = [
  {
    name: "client-activities",
    entity: "client",
    place: "top",
    order: 10,
    needs: ["activity", "view"],
    load: () => import("@/features/activities/ClientActivities"),
  },
  {
    name: "person-contacts",
    entity: "person",
    place: "main",
    order: 10,
    needs: ["activity", "view"],
    load: () => import("@/features/activities/PersonContacts"),
  },
  {
    name: "deal-next-step",
    entity: "deal",
    place: "top",
    order: 5,
    needs: ["deal", "view"],
    load: () => import("@/features/activities/NextStep"),
  },
  {
    name: "deal-activities",
    entity: "deal",
    place: "main",
    order: 10,
    needs: ["activity", "view"],
    load: () => import("@/features/activities/DealActivities"),
  },
  {
    name: "activity-closing",
    entity: "activity",
    place: "main",
    order: 10,
    needs: ["activity", "change"],
    load: () => import("@/features/activities/ActivityClosing"),
  },
];
