// The widgets that are not needed to begin.
import { fetched } from "@/fields/fetched";

export const DayInput = fetched(() => import("@/fields/DayInput"));
export const LinkPick = fetched(() => import("@/fields/LinkPick"));
export const MomentInput = fetched(() => import("@/fields/MomentInput"));
export const RhythmInput = fetched(() => import("@/fields/RhythmInput"));
export const SpanInput = fetched(() => import("@/fields/SpanInput"));
