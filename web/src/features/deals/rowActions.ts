// At the rows of deals: one goes on to its next stage, or several that stand together do.
import type { RowAction } from "@/list/rowActions";

export const rowActions: RowAction[] = [
  {
    name: "deal-next",
    entity: "deal",
    order: 10,
    word: "web.deal.next",
    needs: ["deal", "change"],
    fits: (row) => row.state === "open",
    many: true,
    load: () => import("@/features/deals/RowNextStage"),
  },
];
