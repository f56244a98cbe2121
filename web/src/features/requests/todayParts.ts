// On Today: requests that wait for the reader.
import type { TodayPart } from "@/record/todayParts";

export const todayParts: TodayPart[] = [
  { name: "requests", order: 10, needs: ["request", "view"], load: () => import("@/features/requests/TodayRequests") },
];
