// One way to the server: JSON there and back, a refusal as words, and a sign when the session has ended.
import { t } from "@/core/words";
import type { Problem } from "@/api/shapes";

/** What the server refused, or that it was not reached (status 0). */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly problems: Problem[],
    readonly body: Record<string, unknown> = {},
  ) {
    super(title);
  }

  /** The refusals of one field, in words. */
  of(field: string) {
    return this.problems.filter((problem) => problem.field === field).map(inWords);
  }
}

export const inWords = (problem: Problem) => problem.text ?? (problem.key ? t(problem.key) : "");

/** A refusal of any kind as one sentence for a person. */
export function said(error: unknown): string {
  if (!(error instanceof Refusal)) return t("web.fail.unknown");
  const first = error.problems[0];
  return (first && inWords(first)) || error.title;
}

interface Options {
  body?: unknown;
  version?: number;
  once?: string;
  signal?: AbortSignal;
}

let onSignedOut: () => void = () => {};
export const whenSignedOut = (then: () => void) => {
  onSignedOut = then;
};

/** A key under which the server does a thing once, however often it is asked. */
export function onceKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function headersOf(method: string, { body, version, once }: Options) {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (method !== "GET") headers["X-Sbyt"] = "1";
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (version !== undefined) headers["If-Match"] = `"${version}"`;
  if (once) headers["Idempotency-Key"] = once;
  return headers;
}

export async function refusalOf(response: { status: number; text: string }): Promise<Refusal> {
  let body: Record<string, unknown> = {};
  try {
    body = JSON.parse(response.text) as Record<string, unknown>;
  } catch {
    body = {};
  }
  const title = String(body.detail ?? body.title ?? t("web.fail.status", { status: response.status }));
  return new Refusal(response.status, title, (body.problems as Problem[] | undefined) ?? [], body);
}

/** Asks the server; the answer's JSON, or a Refusal is thrown. */
export async function call<T>(method: string, path: string, options: Options = {}): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers: headersOf(method, options),
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
      signal: options.signal,
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new Refusal(0, t("web.fail.unreachable"), []);
  }
  const text = await response.text();
  if (!response.ok) {
    const refusal = await refusalOf({ status: response.status, text });
    if (response.status === 401 && !path.startsWith("/api/session")) onSignedOut();
    throw refusal;
  }
  return (text ? JSON.parse(text) : {}) as T;
}

/** A path with its question; what is empty is left out. */
export function ask(path: string, question: Record<string, string | number | null | undefined>) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(question))
    if (value !== null && value !== undefined && value !== "") query.set(name, String(value));
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}
