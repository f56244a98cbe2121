// Whom one may speak with at a client.
import { useQuery } from "@tanstack/react-query";
import { ask, call } from "@/api/http";
import type { Page, Saved } from "@/api/shapes";
import { may, useSession } from "@/api/useSession";

const none: Saved[] = [];

export function useClientPersons(client: number | undefined) {
  const session = useSession();
  const { data } = useQuery({
    queryKey: ["list", "person", "of client", client],
    queryFn: () =>
      call<Page>(
        "GET",
        ask("/api/person", { filter: JSON.stringify({ field: "client_id", op: "is", value: client }), limit: 100 }),
      ),
    enabled: client !== undefined && may(session, "person", "view"),
  });
  return data?.items ?? none;
}
