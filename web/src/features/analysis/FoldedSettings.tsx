// On a phone the settings stand behind one line that says what is set, so that the finding comes first.
import { UnstyledButton } from "@mantine/core";
import { type ReactNode, useId, useState } from "react";
import Adjustments from "icons/IconAdjustmentsHorizontal.mjs";
import ChevronDown from "icons/IconChevronDown.mjs";
import { t } from "@/core/words";
import { useNarrow } from "@/ui/useNarrow";
import css from "@/features/analysis/FoldedSettings.module.css";

export function FoldedSettings({ said, children }: { said: string[]; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  if (!useNarrow()) return children;
  return (
    <div className={css.fold}>
      <UnstyledButton
        className={css.line}
        aria-expanded={open}
        aria-controls={id}
        aria-label={`${t("web.filter.label")}: ${said.join(", ")}`}
        onClick={() => setOpen(!open)}
      >
        <Adjustments size={16} aria-hidden />
        <span className={css.said}>{said.join(" · ")}</span>
        <ChevronDown size={16} aria-hidden className={css.way} data-open={open || undefined} />
      </UnstyledButton>
      <div id={id} className={css.settings} hidden={!open}>
        {children}
      </div>
    </div>
  );
}
