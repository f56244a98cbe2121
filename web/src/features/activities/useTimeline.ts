// All there was with a client, the newest first, and what comes next; and the chain of contacts with a person.
import { useInfiniteQuery } from "@tanstack/react-query";
import { ask, call } from "@/api/http";

export interface TimelineRow {
  what: "activity" | "request" | "sale" | "attachment" | "change";
  id: number;
  at: string;
  by: string | null;
  /** Of an activity: */
  kind?: string | null;
  channel?: string | null;
  subject?: string | null;
  state?: string | null;
  aim?: string | null;
  person_id?: number | null;
  person?: string | null;
  client_id?: number | null;
  client?: string | null;
  outcome?: string | null;
  result?: string | null;
  place?: string | null;
  timed?: boolean;
  /** of a sale; of a contact its place in the chain: */
  number?: string | number | null;
  day?: string;
  total?: string | null;
  /** of a file; of a change: */
  name?: string | null;
  verb?: string | null;
}

interface Timeline {
  next: TimelineRow[];
  items: TimelineRow[];
  after: string | null;
}

const FIRST = 5;
const PAGE = 30;

/* Known as an activity's, so that it is told anew when one changes. */
export const useTimeline = (client: number, kinds: string | null) =>
  useInfiniteQuery({
    queryKey: ["activity", "timeline", client, kinds],
    queryFn: ({ pageParam }) =>
      call<Timeline>(
        "GET",
        ask(`/api/client/${client}/timeline`, { kinds, after: pageParam, limit: pageParam ? PAGE : FIRST }),
      ),
    initialPageParam: "",
    getNextPageParam: ({ after }) => after,
  });

export const useContacts = (person: number) =>
  useInfiniteQuery({
    queryKey: ["activity", "contacts", person],
    queryFn: ({ pageParam }) =>
      call<{ items: TimelineRow[] }>(
        "GET",
        ask(`/api/person/${person}/contacts`, { below: pageParam || undefined, limit: PAGE }),
      ),
    initialPageParam: 0,
    getNextPageParam: ({ items }) => (items.length === PAGE ? Number(items.at(-1)?.number) : null),
  });
