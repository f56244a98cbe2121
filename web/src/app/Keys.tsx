// The keys that work on the screen now.
import { Kbd } from "@mantine/core";
import { offers } from "@/core/actions";
import { useSignal } from "@/core/signal";
import { t } from "@/core/words";
import { Dialog } from "@/ui/Dialog";
import css from "@/app/Keys.module.css";

const shown = (key: string) => (key === "mod+k" ? ["Ctrl", "K"] : [key]);

export default function Keys({ close }: { close: () => void }) {
  const all = useSignal(offers).flatMap((offer) => offer.actions);
  const withKey = new Map(all.filter((action) => action.key).map((action) => [action.key as string, action]));
  return (
    <Dialog onClose={close} title={t("web.keys")}>
      <dl className={css.keys}>
        {[...withKey].map(([key, action]) => (
          <div key={key} className={css.line}>
            <dt>
              {shown(key).map((part) => (
                <Kbd key={part}>{part}</Kbd>
              ))}
            </dt>
            <dd>{action.label}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
