// What others change appears without a reload: the records that are open are asked again, lists when they are short.
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { listen, type News } from "@/api/events";
import { listedWith } from "@/api/listedWith";

const pagesOf = (data: unknown) => (data as { pages?: unknown[] } | undefined)?.pages?.length ?? 1;

function retell(client: QueryClient, { topic, entity = topic, id }: News) {
  void client.invalidateQueries({ queryKey: [topic] });
  if (id !== undefined)
    for (const kind of ["record", "card", "history"]) void client.invalidateQueries({ queryKey: [kind, entity, id] });
  void client.invalidateQueries({ queryKey: ["history", entity, "all"] });
  for (const listed of listedWith(client, entity)) {
    for (const kind of ["count", "group"]) void client.invalidateQueries({ queryKey: [kind, listed] });
    void client.invalidateQueries({ queryKey: ["list", listed], predicate: (query) => pagesOf(query.state.data) <= 2 });
  }
}

/** At most one round a second, however much happens. */
export function useLive() {
  const client = useQueryClient();
  useEffect(() => {
    let waiting = new Map<string, News>();
    let timer: number | undefined;
    const round = () => {
      timer = undefined;
      const now = waiting;
      waiting = new Map();
      for (const news of now.values()) retell(client, news);
    };
    const stop = listen((news) => {
      waiting.set(`${news.topic} ${news.entity ?? ""} ${news.id ?? ""}`, news);
      timer ??= window.setTimeout(round, news.topic === "import" ? 100 : 1000);
    });
    return () => {
      stop();
      window.clearTimeout(timer);
    };
  }, [client]);
}
