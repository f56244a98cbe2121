// What is to be said of a taxpayer's number while it is typed: what is odd about it, and who has it already, with a
// door. Only clients within reach are told: of a stranger's number one hears when the client is saved, without a name.
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { ask, call } from "@/api/http";
import type { Page } from "@/api/shapes";
import { t } from "@/core/words";
import { innWarning } from "@/features/clients/inn";
import { titleOf } from "@/fields/titleOf";
import { cardPath } from "@/list/door";

const isWhole = (inn: string) => /^(\d{10}|\d{12})$/.test(inn);

function useOwner(inn: string, but: number | undefined) {
  const [asked] = useDebouncedValue(inn, 250);
  const filter = JSON.stringify({ field: "inn", op: "is", value: asked });
  const { data } = useQuery({
    queryKey: ["found", "client", "inn", asked],
    queryFn: ({ signal }) => call<Page>("GET", ask("/api/client", { filter, limit: 2 }), { signal }),
    enabled: isWhole(asked),
    staleTime: 10_000,
  });
  return asked === inn ? data?.items.find(({ id }) => id !== but) : undefined;
}

export function InnNote({ inn, but }: { inn: string; but?: number }) {
  const owner = useOwner(inn, but);
  const odd = innWarning(inn);
  return (
    <span role="status">
      {owner && (
        <>
          {t("web.client.inn_taken")} <Link href={cardPath("client", owner.id)}>{titleOf(owner)}</Link>
          {odd && ". "}
        </>
      )}
      {odd}
    </span>
  );
}
