// Who is signed in, for the screens, and what they may do.
import { useQuery } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import type { Session } from "@/api/shapes";
import { whoIsThere } from "@/api/who";

export const useWho = () => useQuery({ queryKey: ["session"], queryFn: whoIsThere, staleTime: Infinity, retry: 2 });

/** Filled around the screens that are shown only to the signed in. */
export const SignedIn = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SignedIn);
  if (!session) throw new Error("this screen is shown only to the signed in");
  return session;
}

export function may(session: Session, entity: string, verb: string) {
  const right = session.rights[entity]?.[verb];
  return Boolean(right) && right !== "none";
}
