// A save that is asked about: the server refuses it until it is said that it is meant, whoever asked for it decides,
// and it is sent again. A move that a process does not let pass yet is asked about too: what is missing may be done on
// the spot. What the server notes of a save that has passed is told.
import { Refusal } from "@/api/http";
import type { Problem, Row, Saved } from "@/api/shapes";
import { signal } from "@/core/signal";

/** What is being saved. */
export interface About {
  entity: string;
  id: number;
  version?: number;
  values: Row;
}

export interface Asked {
  problems: Problem[];
  /** A move that the way of a record refuses. */
  move?: About;
  /** The reason, which may be empty; null: it is not saved. `done`: what was missing is done, nothing is confirmed. */
  answer: (reason: string | null, done?: boolean) => void;
}

/** In the order in which they came; the first is being shown. */
export const asked = signal<Asked[]>([]);

let onNotes: (notes: Problem[]) => void = () => {};
export const whenNoted = (then: (notes: Problem[]) => void) => {
  onNotes = then;
};

interface Answer {
  reason: string | null;
  done?: boolean;
}

const ask = (problems: Problem[], move?: About) =>
  new Promise<Answer>((resolve) => {
    const mine: Asked = {
      problems,
      move,
      answer: (reason, done) => {
        asked.set((all) => all.filter((each) => each !== mine));
        resolve({ reason, done });
      },
    };
    asked.set((all) => [...all, mine]);
  });

const isQuestion = (error: unknown): error is Refusal =>
  error instanceof Refusal && error.problems.length > 0 && error.problems.every((problem) => problem.confirmable);

/** Does the way of a record refuse a move? */
export const isOfWay = (error: unknown) =>
  error instanceof Refusal && error.problems.some(({ key }) => key?.startsWith("run."));

/** Sends; where the server asks, again with what was confirmed. The refusal is thrown when it is not meant. */
export async function confirming(send: (confirmed: Row) => Promise<Saved>, about?: About): Promise<Saved> {
  const keys = new Set<string>();
  for (let confirmed: Row = {}; ; ) {
    try {
      const saved = await send(confirmed);
      if (saved.notes?.length) onNotes(saved.notes);
      return saved;
    } catch (error) {
      const move = isOfWay(error) ? about : undefined;
      if (!move && !isQuestion(error)) throw error;
      const { problems } = error as Refusal;
      const { reason, done } = await ask(problems, move);
      if (reason === null) throw error;
      if (done) continue;
      for (const { key } of problems) if (key) keys.add(key);
      confirmed = { _confirm: [...keys], ...(reason && { _reason: reason }) };
    }
  }
}
