// The links by which people outside fetch a file.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "@/api/http";
import { refresh } from "@/api/useSave";

export interface OutsideLink {
  id: number;
  made_at: string;
  by: { id: number; name: string };
  until: string;
  times: number | null;
  fetched: number;
  fetched_at: string | null;
  ended_at: string | null;
  open: boolean;
  may_end: boolean;
}

const keyOf = (file: number) => ["links", "attachment", file];

export const useLinks = (file: number) =>
  useQuery({
    queryKey: keyOf(file),
    queryFn: () => call<{ items: OutsideLink[] }>("GET", `/api/attachment/${file}/share`),
  });

/** Makes one; what is told of it only now is its address. */
export function useLinkMake(file: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { days: number; times?: number }) =>
      call<{ id: number; path: string; until: string }>("POST", `/api/attachment/${file}/share`, { body }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: keyOf(file) });
      refresh(client, "attachment");
    },
  });
}

export function useLinkEnd(file: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (share: number) => call<null>("POST", `/api/attachment/${file}/share/end`, { body: { share } }),
    onSuccess: () => client.invalidateQueries({ queryKey: keyOf(file) }),
  });
}
