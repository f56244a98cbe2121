// What happens on the server, told as it happens. One stream a browser, not a tab: the tab that holds the lock listens
// and tells the others.
export interface News {
  topic: string;
  entity?: string;
  id?: number;
  [more: string]: unknown;
}

type Hear = (news: News) => void;

const parsed = (text: string): News | null => {
  try {
    return JSON.parse(text) as News;
  } catch {
    return null;
  }
};

function openStream(tell: Hear): () => void {
  const stream = new EventSource("/api/events");
  stream.onmessage = (event) => {
    const news = parsed(String(event.data));
    if (news) tell(news);
  };
  return () => stream.close();
}

/* Without locks (a plain http address in the office network) only a tab that is looked at listens. */
function whileSeen(tell: Hear): () => void {
  let close: (() => void) | null = null;
  const follow = () => {
    if (document.visibilityState === "visible") close ??= openStream(tell);
    else {
      close?.();
      close = null;
    }
  };
  follow();
  document.addEventListener("visibilitychange", follow);
  return () => {
    document.removeEventListener("visibilitychange", follow);
    close?.();
  };
}

function whileLeading(tell: Hear): () => void {
  const over = new AbortController();
  const lead = () =>
    new Promise<void>((done) => {
      const close = openStream(tell);
      over.signal.addEventListener("abort", () => {
        close();
        done();
      });
    });
  navigator.locks.request("sbyt.events", { signal: over.signal }, lead).catch(() => undefined);
  return () => over.abort();
}

/** Listens until the returned function is called. */
export function listen(hear: Hear): () => void {
  if (!("locks" in navigator)) return whileSeen(hear);
  const channel = new BroadcastChannel("sbyt.events");
  channel.onmessage = (event) => hear(event.data as News);
  const stop = whileLeading((news) => {
    hear(news);
    channel.postMessage(news);
  });
  return () => {
    stop();
    channel.close();
  };
}
