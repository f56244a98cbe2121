// What features add to the rows of lists.
import { rowActions as activities } from "@/features/activities/rowActions";
import { rowActions as deals } from "@/features/deals/rowActions";
import { rowActions as requests } from "@/features/requests/rowActions";
import { readyActions } from "@/list/rowActions";

export const rowActions = readyActions([...activities, ...deals, ...requests]);
