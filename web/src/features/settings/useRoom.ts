// The room for import files: what is kept now, the rule, and changing it.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "@/api/http";

export interface Rule {
  days: number;
  person_mb: number;
  firm_mb: number;
}

/** Bytes kept of oneself and of the whole firm. */
export interface Room extends Rule {
  person: number;
  firm: number;
}

const key = ["import-room"];

export const useRoom = () => useQuery({ queryKey: key, queryFn: () => call<Room>("GET", "/api/import/room") });

export function useRoomChange() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (rule: Rule) => call<Room>("PATCH", "/api/import/room", { body: rule }),
    onSuccess: (room) => client.setQueryData(key, room),
  });
}
