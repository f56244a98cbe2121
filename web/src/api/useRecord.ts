// One record with its children and version.
import { useQuery } from "@tanstack/react-query";
import { call } from "@/api/http";
import type { Saved } from "@/api/shapes";

export const recordKey = (entity: string, id: number) => ["record", entity, id];

export const useRecord = (entity: string, id: number, enabled = true) =>
  useQuery({ queryKey: recordKey(entity, id), queryFn: () => call<Saved>("GET", `/api/${entity}/${id}`), enabled });
