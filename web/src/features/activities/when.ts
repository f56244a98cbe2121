// A day and an hour as an activity keeps them: a moment, and whether it is meant to the minute.
import { momentOf, wallOf } from "@/core/day";
import type { When } from "@/features/activities/types";

/* Without an hour any moment of the day says which day it is. */
export const dueOf = ({ day, hour }: When) => ({ due_at: momentOf(`${day}T${hour || "12:00"}`), timed: hour !== "" });

export function whenOf(due: string, timed: boolean): When {
  const [day = "", hour = ""] = wallOf(due).split("T");
  return { day, hour: timed ? hour : "" };
}
