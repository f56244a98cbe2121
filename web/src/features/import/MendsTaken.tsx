// What will be mended on the way in, each with a way to leave it.
import { Pill } from "@mantine/core";
import { t } from "@/core/words";
import type { Ask, Mends } from "@/features/import/types";
import css from "@/features/import/ImportProblems.module.css";

interface Props {
  mends: Mends | undefined;
  labelOf: (field: string) => string;
  onMend: (part: Partial<Ask>) => void;
}

export function MendsTaken({ mends, labelOf, onMend }: Props) {
  const taken = [
    ...(mends?.people ? [{ text: t("web.import.mend.people_taken"), rest: { ...mends, people: undefined } }] : []),
    ...(mends?.blank ?? []).map((field) => ({
      text: t("web.import.mend.blank", { field: labelOf(field) }),
      rest: { ...mends, blank: mends?.blank?.filter((each) => each !== field) },
    })),
  ];
  if (!taken.length) return null;
  return (
    <div className={css.mend} role="group" aria-label={t("web.import.mend.taken")}>
      <span>{t("web.import.mend.taken")}</span>
      {taken.map(({ text, rest }) => (
        <Pill
          key={text}
          withRemoveButton
          size="md"
          removeButtonProps={{
            "aria-hidden": false,
            "aria-label": t("web.import.mend.leave", { what: text }),
            tabIndex: 0,
          }}
          onRemove={() => onMend({ mends: rest })}
        >
          {text}
        </Pill>
      ))}
    </div>
  );
}
