// The session has ended under the person's hands: the sign-in page says so.
import { signal } from "@/core/signal";

export const sessionEnded = signal(false);
