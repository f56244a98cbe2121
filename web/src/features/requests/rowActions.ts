// At the rows of requests: the step that is next.
import type { RowAction } from "@/list/rowActions";

const load = () => import("@/features/requests/RowStep");
const needs: [string, string] = ["request", "change"];

export const rowActions: RowAction[] = [
  {
    name: "request-take",
    entity: "request",
    order: 10,
    word: "web.request.take",
    needs,
    fits: (row) => row.state === "waiting",
    load: () => import("@/features/requests/RowTake"),
  },
  {
    name: "request-answer",
    entity: "request",
    order: 20,
    word: "web.request.answer",
    needs,
    fits: (row) => row.state === "taken",
    load,
  },
];
