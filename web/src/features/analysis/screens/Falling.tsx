// Who buys less than they used to, and whose purchase is overdue: with the money at stake.
import { wholeMoney } from "@/core/number";
import { t, tn } from "@/core/words";
import { measured } from "@/features/analysis/figures";
import { ListBox } from "@/features/analysis/ListBox";
import { Parts } from "@/features/analysis/Parts";
import type { ScreenProps } from "@/features/analysis/screen";
import { sizeOf } from "@/features/analysis/useList";

export default function Falling({ name, data, settings }: ScreenProps) {
  const said = (list: string) => {
    const { all, amount } = sizeOf(data, list);
    return (
      <span>
        {[
          tn("web.clients.count", all),
          ...(amount ? [data.settings.measure === "quantity" ? measured(data)(amount) : wholeMoney(amount)] : []),
        ].join(" · ")}
      </span>
    );
  };
  return (
    <Parts wide>
      {["falling", "late"].map((list) => (
        <ListBox
          key={list}
          name={name}
          data={data}
          settings={settings}
          list={list}
          aside={said(list)}
          note={<p>{t(`web.falling.${list}_note`)}</p>}
        />
      ))}
    </Parts>
  );
}
