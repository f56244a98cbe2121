// Sending a file that is to be imported.
import { sendFile, type Sending } from "@/api/sendFile";
import type { Recognised } from "@/features/import/types";

export type { Sending };

/** `asTable`: a report that cannot be read as one is taken as it stands. */
export const upload = (file: File, asTable: boolean, onProgress: (sent: number) => void) =>
  sendFile<Recognised>(`/api/import/file${asTable ? "?as=table" : ""}`, file, onProgress);
