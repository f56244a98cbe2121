// A screen on its way: nothing for the first moments, then its outline.
import { Skeleton } from "@mantine/core";
import { t } from "@/core/words";
import css from "@/ui/Waiting.module.css";

export function Waiting({ lines = 6 }: { lines?: number }) {
  return (
    <div className={css.waiting} role="status" aria-label={t("web.waiting")}>
      {Array.from({ length: lines }, (_, at) => (
        <Skeleton key={at} height={at ? 18 : 28} width={at ? "100%" : "30%"} radius="sm" />
      ))}
    </div>
  );
}
