// Who is away on the days in sight: oneself behind the entries, those of one's team beside them.
import { useQuery } from "@tanstack/react-query";
import { ask, call } from "@/api/http";
import type { Page, Saved } from "@/api/shapes";
import { useEntity } from "@/api/useMeta";
import { useSession } from "@/api/useSession";
import { fieldText } from "@/fields/fieldText";
import type { Entry } from "@/list/calendar/Calendar";

const MOST = 100;

export function useAway(from: string, until: string): Entry[] {
  const session = useSession();
  const absence = useEntity("absence");
  const filter = {
    all: [
      { field: "from_day", op: "to", value: until },
      { field: "until_day", op: "from", value: from },
    ],
  };
  const { data } = useQuery({
    queryKey: ["list", "absence", "between", from, until],
    queryFn: () => call<Page>("GET", ask("/api/absence", { filter: JSON.stringify(filter), limit: MOST })),
    enabled: absence !== null,
    staleTime: 60_000,
  });
  const why = absence?.fields.find(({ name }) => name === "why");
  const entryOf = (row: Saved): Entry => {
    const mine = row.user_id === session.user.id;
    const reason = why ? fieldText(why, row) : "";
    return {
      key: `absence:${row.id}`,
      title: mine ? reason : [row._titles?.user_id?.title, reason].filter(Boolean).join(": "),
      start: String(row.from_day),
      end: String(row.until_day),
      path: mine ? undefined : `/settings/absences/${row.id}`,
      behind: mine,
      quiet: true,
      fixed: true,
    };
  };
  return data?.items.map(entryOf) ?? [];
}
