// Searching as people type: who forgot to switch the layout of the keys finds all the same.
import { otherLayout } from "@/core/layout";

/** What is found by the text, or, where that is nothing, by the same keys under the other layout. */
export async function forgiving<T>(
  search: string,
  find: (search: string) => Promise<T>,
  found: (answer: T) => number,
): Promise<T> {
  const answer = await find(search);
  const other = found(answer) ? undefined : otherLayout(search);
  return other ? find(other) : answer;
}
