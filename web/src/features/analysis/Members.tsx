// The records behind the figure that was clicked: how many, what they come to, and each of them.
import { Button } from "@mantine/core";
import { useEffect, useRef } from "react";
import X from "icons/IconX.mjs";
import { wholeMoney } from "@/core/number";
import { t, tn } from "@/core/words";
import { cellName, measured } from "@/features/analysis/figures";
import { ListBox, type ListProps } from "@/features/analysis/ListBox";
import type { ScreenProps } from "@/features/analysis/screen";
import { sizeOf } from "@/features/analysis/useList";

export function Members({ change, ...list }: ScreenProps & Pick<ListProps, "title" | "figures">) {
  const place = useRef<HTMLDivElement>(null);
  const { data, settings, title } = list;
  const { cell } = settings;
  useEffect(() => {
    if (!cell) return; // asking where it stands would lay the page out before it is painted
    const top = place.current?.getBoundingClientRect().top ?? 0;
    if (top > window.innerHeight * 0.7 || top < 0) place.current?.scrollIntoView({ block: "start" });
  }, [cell]);
  const { all, amount } = sizeOf(data, "items");
  return (
    <div ref={place}>
      <ListBox
        {...list}
        list="items"
        title={title ?? (cell ? t("web.analysis.members_of", { name: cellName(cell) }) : t("web.analysis.members"))}
        aside={
          <>
            <span>
              {tn(data.settings.of === "product" ? "web.products.count" : "web.clients.count", all)}
              {amount ? ` · ${data.settings.measure === "quantity" ? measured(data)(amount) : wholeMoney(amount)}` : ""}
            </span>
            {cell && (
              <Button
                variant="subtle"
                size="compact-sm"
                leftSection={<X size={14} />}
                onClick={() => change({ cell: null })}
              >
                {t("web.analysis.all_members")}
              </Button>
            )}
          </>
        }
      />
    </div>
  );
}
