// The widget of a field, by its type; written once and the same in forms, cards and filters.
import { Select, Switch, Textarea, TextInput } from "@mantine/core";
import type { KeyboardEventHandler, ReactNode } from "react";
import type { Field, Title, Value } from "@/api/shapes";
import { t } from "@/core/words";
import { NumberText } from "@/fields/NumberText";
import { RefSelect } from "@/fields/RefSelect";
import { DayInput, LinkPick, MomentInput, RhythmInput, SpanInput } from "@/fields/widgets";

const widgets = { moment: MomentInput, rhythm: RhythmInput, span: SpanInput };

export interface InputProps {
  field: Field;
  value: Value;
  title?: Title;
  onChange: (value: Value, title?: Title) => void;
  error?: string;
  warning?: ReactNode;
  label?: string;
  bare?: boolean;
  autoFocus?: boolean;
  onKeyDown?: KeyboardEventHandler;
}

export function FieldInput(props: InputProps) {
  const { field, value, onChange, error, warning, bare, autoFocus, onKeyDown } = props;
  const name = props.label ?? field.label;
  const common = {
    label: bare ? undefined : name,
    "aria-label": bare ? name : undefined,
    error,
    description: warning,
    withAsterisk: Boolean(field.required) && !bare,
    "aria-required": field.required || undefined,
    autoFocus,
    "data-autofocus": autoFocus || undefined,
    onKeyDown,
  };
  switch (field.type) {
    case "bool":
      return (
        <Switch
          label={name}
          checked={Boolean(value)}
          onChange={(event) => onChange(event.currentTarget.checked)}
          error={error}
          autoFocus={autoFocus}
        />
      );
    case "choice":
      return (
        <Select
          {...common}
          data={(field.options ?? []).map(({ key, label }) => ({ value: key, label }))}
          value={(value as string) || null}
          onChange={(next) => onChange(next)}
          clearable={!field.required}
          searchable={(field.options?.length ?? 0) > 8}
          clearButtonProps={{ "aria-label": t("web.clear") }}
          comboboxProps={{ transitionProps: { duration: 0 } }}
        />
      );
    case "ref":
      return (
        <RefSelect
          {...common}
          entity={field.to ?? ""}
          value={(value as number) ?? null}
          title={props.title}
          onChange={(title) => onChange(title?.id ?? null, title ?? undefined)}
          clearable={!field.required}
        />
      );
    case "link":
      return (
        <LinkPick
          {...common}
          kinds={field.of ?? []}
          value={(value as string) || null}
          title={props.title}
          onChange={onChange}
          clearable={!field.required}
        />
      );
    case "day":
      return <DayInput {...common} value={(value as string) ?? null} onChange={onChange} />;
    case "moment":
    case "rhythm":
    case "span": {
      const Widget = widgets[field.type];
      const given = { label: common.label, "aria-label": common["aria-label"], error, autoFocus, onKeyDown };
      return (
        <Widget
          {...given}
          withAsterisk={common.withAsterisk}
          clearable={!field.required}
          value={(value as string) ?? null}
          onChange={onChange}
        />
      );
    }
    case "int":
    case "money":
    case "price":
    case "qty":
    case "ratio":
    case "degree":
      return (
        <NumberText {...common} type={field.type} value={(value as string | number) ?? null} onChange={onChange} />
      );
    default:
      return (field.max ?? 0) > 400 ? (
        <Textarea
          {...common}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={field.max}
          value={(value as string) ?? ""}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      ) : (
        <TextInput
          {...common}
          maxLength={field.max}
          value={(value as string) ?? ""}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
}
