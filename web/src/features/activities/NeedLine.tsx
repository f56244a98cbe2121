// What the client needs, heard while speaking: of what, and how much.
import { Button, TextInput } from "@mantine/core";
import { t } from "@/core/words";
import css from "@/features/activities/CloseForm.module.css";

interface Need {
  what: string;
  volume: string;
}

export function NeedLine({ value, onChange }: { value: Need | null; onChange: (value: Need | null) => void }) {
  if (!value)
    return (
      <Button
        variant="subtle"
        size="compact-sm"
        className={css.more}
        onClick={() => onChange({ what: "", volume: "" })}
      >
        {t("web.activity.need")}
      </Button>
    );
  return (
    <fieldset className={css.corrections} aria-label={t("web.activity.need")}>
      <TextInput
        size="sm"
        label={t("web.activity.need_what")}
        autoFocus
        maxLength={300}
        value={value.what}
        onChange={(event) => onChange({ ...value, what: event.currentTarget.value })}
      />
      <TextInput
        size="sm"
        label={t("need.volume")}
        inputMode="decimal"
        value={value.volume}
        onChange={(event) => onChange({ ...value, volume: event.currentTarget.value })}
      />
    </fieldset>
  );
}
