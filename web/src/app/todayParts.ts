// What features add to Today.
import { todayParts as deals } from "@/features/deals/todayParts";
import { todayParts as requests } from "@/features/requests/todayParts";
import { readyTodayParts } from "@/record/todayParts";

export const todayParts = readyTodayParts([...deals, ...requests]);
