// Choosing and ordering the columns of a list.
import { ActionIcon, Button, Checkbox, Stack } from "@mantine/core";
import { useState } from "react";
import ArrowDown from "icons/IconArrowDown.mjs";
import ArrowUp from "icons/IconArrowUp.mjs";
import Columns from "icons/IconColumns3.mjs";
import type { Field } from "@/api/shapes";
import { t } from "@/core/words";
import { Pop } from "@/ui/Pop";
import css from "@/list/ColumnChooser.module.css";

interface Props {
  fields: Field[];
  columns: Field[];
  usual: boolean;
  onChange: (names: string[]) => void;
}

export function ColumnChooser({ fields, columns, usual, onChange }: Props) {
  const [open, setOpen] = useState(false);
  const names = columns.map((field) => field.name);
  const rest = fields.filter((field) => !names.includes(field.name));
  const move = (name: string, step: number) => {
    const next = names.filter((each) => each !== name);
    next.splice(names.indexOf(name) + step, 0, name);
    onChange(next);
  };
  const toggle = (name: string) => {
    const next = names.includes(name) ? names.filter((each) => each !== name) : [...names, name];
    if (next.length) onChange(next);
  };
  return (
    <Pop
      opened={open}
      onClose={() => setOpen(false)}
      position="bottom-end"
      target={
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={t("web.columns")}
          title={t("web.columns")}
          onClick={() => setOpen(!open)}
        >
          <Columns size={18} />
        </ActionIcon>
      }
    >
      <Stack gap={2} className={css.list}>
        {[...columns, ...rest].map((field) => {
          const at = names.indexOf(field.name);
          return (
            <div key={field.name} className={css.line}>
              <Checkbox
                size="sm"
                label={field.label}
                checked={at >= 0}
                onChange={() => toggle(field.name)}
                className={css.check}
              />
              {at >= 0 && (
                <>
                  <ActionIcon
                    size="sm"
                    variant="subtle"
                    color="gray"
                    disabled={at === 0}
                    aria-label={t("web.columns.up", { name: field.label })}
                    onClick={() => move(field.name, -1)}
                  >
                    <ArrowUp size={14} />
                  </ActionIcon>
                  <ActionIcon
                    size="sm"
                    variant="subtle"
                    color="gray"
                    disabled={at === names.length - 1}
                    aria-label={t("web.columns.down", { name: field.label })}
                    onClick={() => move(field.name, 1)}
                  >
                    <ArrowDown size={14} />
                  </ActionIcon>
                </>
              )}
            </div>
          );
        })}
      </Stack>
      {!usual && (
        <Button variant="subtle" size="compact-sm" mt="xs" onClick={() => onChange([])}>
          {t("web.columns.usual")}
        </Button>
      )}
    </Pop>
  );
}
