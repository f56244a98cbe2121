// Who is signed in, for the screens, and what they may do.
import { useQuery } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import type { Saved, Session } from "@/api/shapes";
import { whoIsThere } from "@/api/who";

export const useWho = () => useQuery({ queryKey: ["session"], queryFn: whoIsThere, staleTime: Infinity, retry: 2 });

/** Filled around the screens that are shown only to the signed in. */
export const SignedIn = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SignedIn);
  if (!session) throw new Error("this screen is shown only to the signed in");
  return session;
}

/** With this record: by what it says of itself, or, where it comes from a list, by the right alone. */
export const mayHere = (session: Session, entity: string, record: Saved, verb: string) =>
  record._may?.includes(verb) ?? may(session, entity, verb);

export function may(session: Session, entity: string, verb: string) {
  const right = session.rights[entity]?.[verb];
  return Boolean(right) && right !== "none";
}
