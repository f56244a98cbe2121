// How many contacts there were with a person, and are to be.
import { useQuery } from "@tanstack/react-query";
import { ask, call } from "@/api/http";
import type { Count } from "@/api/shapes";

export const usePersonCount = (person: number) =>
  useQuery({
    queryKey: ["activity", "of person", "count", person],
    queryFn: () =>
      call<Count>(
        "GET",
        ask("/api/activity/count", { filter: JSON.stringify({ field: "person_id", op: "is", value: person }) }),
      ),
  });
