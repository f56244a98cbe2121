// The first rows of a file as they will be read with these settings.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { call } from "@/api/http";
import { type Ask, type Preview, wireOf } from "@/features/import/types";

export const usePreview = (ask: Ask | null) => {
  const body = ask && wireOf(ask);
  return useQuery({
    queryKey: ["import preview", body],
    queryFn: ({ signal }) => call<Preview>("POST", "/api/import/preview", { body, signal }),
    enabled: body !== null,
    placeholderData: keepPreviousData,
    retry: false,
  });
};
