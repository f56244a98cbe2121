// The persons of a client with their phones and mail.
import { useQueries } from "@tanstack/react-query";
import { call } from "@/api/http";
import type { Saved } from "@/api/shapes";
import { recordKey } from "@/api/useRecord";

export const usePersons = (ids: number[], enabled: boolean) =>
  useQueries({
    queries: ids.map((id) => ({
      queryKey: recordKey("person", id),
      queryFn: () => call<Saved>("GET", `/api/person/${id}`),
      staleTime: 60_000,
      enabled,
    })),
  }).flatMap((answer) => answer.data ?? []);
