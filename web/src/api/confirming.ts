// A save that is asked about: the server refuses it until it is said that it is meant, whoever asked for it decides,
// and it is sent again. What the server notes of a save that has passed is told.
import { Refusal } from "@/api/http";
import type { Problem, Row, Saved } from "@/api/shapes";
import { signal } from "@/core/signal";

export interface Asked {
  problems: Problem[];
  /** The reason, which may be empty; null: it is not saved. */
  answer: (reason: string | null) => void;
}

/** In the order in which they came; the first is being shown. */
export const asked = signal<Asked[]>([]);

let onNotes: (notes: Problem[]) => void = () => {};
export const whenNoted = (then: (notes: Problem[]) => void) => {
  onNotes = then;
};

const ask = (problems: Problem[]) =>
  new Promise<string | null>((resolve) => {
    const mine: Asked = {
      problems,
      answer: (reason) => {
        asked.set((all) => all.filter((each) => each !== mine));
        resolve(reason);
      },
    };
    asked.set((all) => [...all, mine]);
  });

const isQuestion = (error: unknown): error is Refusal =>
  error instanceof Refusal && error.problems.length > 0 && error.problems.every((problem) => problem.confirmable);

/** Sends; where the server asks, again with what was confirmed. The refusal is thrown when it is not meant. */
export async function confirming(send: (confirmed: Row) => Promise<Saved>): Promise<Saved> {
  const keys = new Set<string>();
  for (let confirmed: Row = {}; ; ) {
    try {
      const saved = await send(confirmed);
      if (saved.notes?.length) onNotes(saved.notes);
      return saved;
    } catch (error) {
      const reason = isQuestion(error) ? await ask(error.problems) : null;
      if (!isQuestion(error) || reason === null) throw error;
      for (const { key } of error.problems) if (key) keys.add(key);
      confirmed = { _confirm: [...keys], ...(reason && { _reason: reason }) };
    }
  }
}
