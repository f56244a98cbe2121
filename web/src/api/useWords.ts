// The words of the screen in one language, fetched once and kept by the browser.
import { call } from "@/api/http";
import type { Language } from "@/core/words";

export const wordsQuery = (language: Language) => ({
  queryKey: ["words", language],
  queryFn: () => call<Record<string, string>>("GET", `/api/words/${language}`),
  staleTime: Infinity,
});
