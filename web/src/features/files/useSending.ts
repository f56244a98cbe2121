// Files on their way to a record: two at a time, each with how far it is, and a way to stop it.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { call, onceKey, Refusal, said } from "@/api/http";
import { FILE_MOST, sendFile } from "@/api/sendFile";
import type { Saved } from "@/api/shapes";
import { refresh } from "@/api/useSave";
import { t } from "@/core/words";

export interface OnTheWay {
  key: string;
  name: string;
  size: number;
  sent: number;
  /** Why it did not come; it stays until it is put away. */
  refused?: string;
}

const AT_ONCE = 2;

interface Queued {
  key: string;
  file: File;
}

export function useSending(about: string) {
  const client = useQueryClient();
  const [files, setFiles] = useState<OnTheWay[]>([]);
  const queue = useRef<Queued[]>([]);
  const running = useRef(new Map<string, () => void>());

  const change = (key: string, part: Partial<OnTheWay>) =>
    setFiles((all) => all.map((each) => (each.key === key ? { ...each, ...part } : each)));
  const drop = (key: string) => setFiles((all) => all.filter((each) => each.key !== key));

  const send = async ({ key, file }: Queued) => {
    const sending = sendFile<{ file: number }>("/api/file", file, (sent) => change(key, { sent }));
    running.current.set(key, sending.cancel);
    try {
      const { file: id } = await sending.promise;
      await call<Saved>("POST", "/api/attachment", { body: { about, file_id: id }, once: key });
      drop(key);
      refresh(client, "attachment");
    } catch (error) {
      if (error instanceof Refusal && error.status === 0 && !running.current.has(key)) drop(key);
      else change(key, { refused: said(error) });
    } finally {
      running.current.delete(key);
      next();
    }
  };
  const next = () => {
    while (running.current.size < AT_ONCE && queue.current.length) {
      const first = queue.current.shift();
      if (first) void send(first);
    }
  };

  const add = (chosen: Iterable<File>) => {
    const fresh = [...chosen].map((file) => ({ key: onceKey(), file }));
    const good = fresh.filter(({ file }) => file.size <= FILE_MOST);
    setFiles((all) => [
      ...all,
      ...fresh.map(({ key, file }) => ({
        key,
        name: file.name,
        size: file.size,
        sent: 0,
        refused: file.size > FILE_MOST ? t("web.import.too_large") : undefined,
      })),
    ]);
    queue.current.push(...good);
    next();
  };
  const cancel = (key: string) => {
    const stop = running.current.get(key);
    running.current.delete(key);
    queue.current = queue.current.filter((each) => each.key !== key);
    stop?.();
    drop(key);
  };

  useEffect(() => {
    const all = running.current;
    return () => {
      for (const stop of all.values()) stop();
      all.clear();
    };
  }, []);
  return { files, add, cancel };
}
