// Where one is signed in.
import { useQuery } from "@tanstack/react-query";
import { call } from "@/api/http";

export interface SignedIn {
  began: string;
  seen: string;
  address: string;
  agent: string;
  here: boolean;
}

export const useSessions = (id: number) =>
  useQuery({
    queryKey: ["sessions", id],
    queryFn: () => call<{ items: SignedIn[] }>("GET", `/api/user/${id}/sessions`),
  });
