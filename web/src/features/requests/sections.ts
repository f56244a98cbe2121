// On a client's and a deal's card: what was asked about it, and the way to ask more.
import type { Section } from "@/record/sections";

const load = () => import("@/features/requests/RequestsOf");

export const sections: Section[] = [
  { name: "client-requests", entity: "client", place: "top", order: 15, needs: ["request", "view"], load },
  { name: "deal-requests", entity: "deal", place: "main", order: 20, needs: ["request", "view"], load },
];
