// The clients a person works at.
import { useQuery } from "@tanstack/react-query";
import { ask, call } from "@/api/http";
import type { Page } from "@/api/shapes";

export const usePersonClients = (id: number) =>
  useQuery({
    queryKey: ["list", "client", "of person", id],
    queryFn: () =>
      call<Page>(
        "GET",
        ask("/api/client", { filter: JSON.stringify({ field: "person_id", op: "is", value: id }), limit: 50 }),
      ),
  });
