// Until when a request is to be answered, and whether that is past.
import { moment } from "@/core/day";
import { t } from "@/core/words";
import css from "@/features/requests/Requests.module.css";

interface Props {
  state: string;
  due: string | null;
}

export function Due({ state, due }: Props) {
  if (!due || (state !== "waiting" && state !== "taken")) return null;
  const late = new Date(due).getTime() < Date.now();
  return (
    <span className={css.due} data-late={late || undefined}>
      {t(late ? "web.request.late" : "web.request.until", { at: moment(due) })}
    </span>
  );
}
