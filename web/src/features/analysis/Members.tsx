// The records behind the figure that was clicked: how many, what they come to, and each of them.
import { Button } from "@mantine/core";
import { useEffect, useRef } from "react";
import X from "icons/IconX.mjs";
import { wholeMoney } from "@/core/number";
import { t, tn } from "@/core/words";
import { type Answer, rowsOf } from "@/features/analysis/answers";
import { cellName, figuresOf, measured } from "@/features/analysis/figures";
import type { ScreenProps } from "@/features/analysis/screen";
import { TableBox } from "@/features/analysis/TableBox";
import { allOf, useMembers } from "@/features/analysis/useMembers";

const amountOf = (data: Answer) => rowsOf<{ amount: string }>(data, "total")[0]?.amount;

export function Members({ name, data, settings, change }: ScreenProps) {
  const place = useRef<HTMLDivElement>(null);
  const { cell } = settings;
  const members = useMembers(name, settings, data);
  useEffect(() => {
    const top = place.current?.getBoundingClientRect().top ?? 0;
    if (cell && top > window.innerHeight * 0.7) place.current?.scrollIntoView({ block: "start" });
  }, [cell]);
  const table = data.tables.items;
  if (!table) return null;
  const rows = members.data.pages.flatMap((page) => rowsOf<Record<string, unknown>>(page, "items"));
  const all = allOf(data);
  const amount = amountOf(data);
  return (
    <div ref={place}>
      <TableBox
        title={cell ? t("web.analysis.members_of", { name: cellName(cell) }) : t("web.analysis.members")}
        aside={
          <>
            <span>
              {tn(data.settings.of === "product" ? "web.products.count" : "web.clients.count", all)}
              {amount ? ` · ${data.settings.measure === "quantity" ? measured(data)(amount) : wholeMoney(amount)}` : ""}
            </span>
            {cell && (
              <Button variant="subtle" size="compact-sm" leftSection={<X size={14} />} onClick={() => change({ cell: null })}>
                {t("web.analysis.all_members")}
              </Button>
            )}
          </>
        }
        maxHeight={560}
        table={figuresOf({ ...table, rows })}
      />
      {members.hasNextPage && (
        <Button variant="subtle" mt="xs" loading={members.isFetchingNextPage} onClick={() => void members.fetchNextPage()}>
          {t("web.analysis.more_members")}
        </Button>
      )}
    </div>
  );
}
