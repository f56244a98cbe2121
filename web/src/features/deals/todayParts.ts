// On Today: steps of one's deals whose term runs out.
import type { TodayPart } from "@/record/todayParts";

export const todayParts: TodayPart[] = [
  { name: "steps", order: 5, needs: ["deal", "view"], load: () => import("@/features/deals/TodaySteps") },
];
