// The first rows of a file as they will be read with these settings.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { call } from "@/api/http";
import type { Ask, Preview } from "@/features/import/types";

export const usePreview = (ask: Ask | null) => {
  const body = ask && { file: ask.file, form: ask.form, target: ask.target, columns: ask.columns };
  return useQuery({
    queryKey: ["import preview", body],
    queryFn: ({ signal }) => call<Preview>("POST", "/api/import/preview", { body, signal }),
    enabled: body !== null,
    placeholderData: keepPreviousData,
    retry: false,
  });
};
