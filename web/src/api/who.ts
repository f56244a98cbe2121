// Who is signed in, what they may do and in which firm; or that nobody is, and whether the firm is set up at all.
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
