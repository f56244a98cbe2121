// Sending a file that is to be imported.
import { sendFile, type Sending } from "@/api/sendFile";
import type { Recognised } from "@/features/import/types";

export type { Sending };

export const upload = (file: File, onProgress: (sent: number) => void) =>
  sendFile<Recognised>("/api/import/file", file, onProgress);
