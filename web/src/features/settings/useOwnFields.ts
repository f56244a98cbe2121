// The firm's own fields.
import { useQuery } from "@tanstack/react-query";
import { call } from "@/api/http";
import type { FieldType } from "@/api/shapes";

export interface OwnField {
  id: number;
  entity: string;
  type: FieldType;
  label_ru: string;
  label_en: string;
  archived?: boolean;
  /** How many saved lists filter by it. */
  used: number;
}

export const useOwnFields = () =>
  useQuery({ queryKey: ["field"], queryFn: () => call<{ items: OwnField[] }>("GET", "/api/field") });
