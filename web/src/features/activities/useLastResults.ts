// What the last contacts with a client came to, the latest first.
import { useQuery } from "@tanstack/react-query";
import { ask, call } from "@/api/http";
import type { Page } from "@/api/shapes";

export const useLastResults = (client: number | undefined) =>
  useQuery({
    queryKey: ["activity", "last", client],
    queryFn: () => {
      const filter = {
        all: [
          { field: "client_id", op: "is", value: client },
          { field: "state", op: "is", value: "done" },
        ],
      };
      return call<Page>("GET", ask("/api/activity", { filter: JSON.stringify(filter), sort: "-at", limit: 5 }));
    },
    enabled: client !== undefined,
  });
