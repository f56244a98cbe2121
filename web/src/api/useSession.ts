// Who is signed in, what they may do and in which firm; or that nobody is, and whether the firm is set up at all.
import { useQuery } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import { call, Refusal } from "@/api/http";
import type { Session } from "@/api/shapes";

export type Who = { session: Session } | { session: null; setup: boolean };

export async function whoIsThere(): Promise<Who> {
  try {
    return { session: await call<Session>("GET", "/api/session") };
  } catch (error) {
    if (error instanceof Refusal && error.status === 401) return { session: null, setup: error.body.setup === true };
    throw error;
  }
}

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
