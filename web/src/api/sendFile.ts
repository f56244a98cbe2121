// Sending a file to the server, up to a gigabyte, with the share that is there already.
import { Refusal, refusalOf } from "@/api/http";
import { t } from "@/core/words";

/** What one file may have. */
export const FILE_MOST = 2 ** 30;

export interface Sending<T> {
  promise: Promise<T>;
  cancel: () => void;
}

export function sendFile<T>(path: string, file: File, onProgress: (sent: number) => void): Sending<T> {
  const request = new XMLHttpRequest();
  const promise = new Promise<T>((resolve, reject) => {
    request.open("POST", path);
    request.setRequestHeader("X-Sbyt", "1");
    request.setRequestHeader("X-File-Name", encodeURIComponent(file.name));
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.onprogress = (event) => onProgress(event.loaded);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText) as T);
      else void refusalOf({ status: request.status, text: request.responseText }).then(reject);
    };
    request.onerror = () => reject(new Refusal(0, t("web.fail.unreachable"), []));
    request.onabort = () => reject(new Refusal(0, t("web.import.upload_cancelled"), []));
    request.send(file);
  });
  return { promise, cancel: () => request.abort() };
}
