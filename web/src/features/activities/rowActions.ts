// At the rows of lists: an activity is done or put off, something is planned with a client; at
// the rows of people it is told where their clients have stopped.
import type { Saved } from "@/api/shapes";
import type { RowAction } from "@/list/rowActions";

const isOpen = (row: Saved) => row.state === "open";

export const rowActions: RowAction[] = [
  {
    name: "activity-close",
    entity: "activity",
    order: 10,
    word: "web.today.close",
    needs: ["activity", "change"],
    fits: isOpen,
    load: () => import("@/features/activities/RowClose"),
  },
  {
    name: "activity-later",
    entity: "activity",
    order: 20,
    word: "web.activity.later",
    needs: ["activity", "change"],
    fits: isOpen,
    many: true,
    load: () => import("@/features/activities/RowPutOff"),
  },
  {
    name: "client-plan",
    entity: "client",
    order: 10,
    word: "web.today.plan",
    needs: ["activity", "add"],
    load: () => import("@/features/activities/RowPlan"),
  },
  {
    name: "user-standing",
    entity: "user",
    order: 10,
    word: "web.standing.title",
    needs: ["client", "view"],
    load: () => import("@/features/activities/RowStanding"),
  },
];
