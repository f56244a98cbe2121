// Metrics by grains, as the server answers them; each figure opens to the records it was counted from.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { call } from "@/api/http";
import type { Filter, Value } from "@/api/shapes";
import type { Span } from "@/features/funnel/ask";
import { doorPath } from "@/list/door";

interface Metric {
  code: string;
  name: string;
  unit: "count" | "money" | "qty" | "ratio" | "days";
  direction: "up" | "down" | "none";
  entity: string;
  filter: { all: Filter[] };
}

export interface Cell {
  value: string | number | null;
  than?: string | number | null;
  few?: boolean;
  than_few?: boolean;
}

export interface Item {
  keys: { value: Value; title?: string }[];
  opens: Filter[][];
  cells: Cell[];
}

export interface Answer {
  metrics: Metric[];
  items: Item[];
  all: { cells: Cell[] };
  more: boolean;
}

interface Question {
  metrics: string[];
  by?: string[];
  period?: Span;
  than?: Span;
  where?: Record<string, number>;
}

export function useAnswer(question: Question) {
  return useQuery({
    queryKey: ["group", "deal", "metric", question],
    queryFn: ({ signal }) => call<Answer>("POST", "/api/metric/answer", { body: question, signal }),
    placeholderData: keepPreviousData,
  });
}

/** Where a figure leads: of a row, or of all. */
export function pathOf(answer: Answer, at: number, item?: Item) {
  const metric = answer.metrics[at];
  if (!metric) return undefined;
  return doorPath({ entity: metric.entity, filter: { all: [...metric.filter.all, ...(item?.opens[at] ?? [])] } });
}
