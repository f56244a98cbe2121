// Choosing a record of one of several kinds: first what it is, then which.
import { Box, Group, Select } from "@mantine/core";
import { type KeyboardEventHandler, type ReactNode, useState } from "react";
import type { Title, Value } from "@/api/shapes";
import { t } from "@/core/words";
import { kindName, linkParts } from "@/fields/link";
import { RefSelect } from "@/fields/RefSelect";

interface Props {
  kinds: string[];
  value: string | null;
  title?: Title;
  /** "" while the kind alone is chosen. */
  onChange: (value: Value, title?: Title) => void;
  clearable?: boolean;
  label?: string;
  "aria-label"?: string;
  error?: string;
  description?: ReactNode;
  withAsterisk?: boolean;
  autoFocus?: boolean;
  onKeyDown?: KeyboardEventHandler;
}

export default function LinkPick({ kinds, value, title, onChange, label, autoFocus, error, ...rest }: Props) {
  const linked = linkParts(value);
  const [kind, setKind] = useState(linked?.entity ?? kinds[0] ?? "");
  const name = label ?? rest["aria-label"] ?? "";
  const turn = (next: string | null) => {
    if (!next || next === kind) return;
    setKind(next);
    onChange("");
  };
  return (
    <Group gap="xs" align="end">
      {kinds.length > 1 && (
        <Select
          label={label}
          aria-label={t("web.link.kind", { field: name })}
          data={kinds.map((each) => ({ value: each, label: kindName(each) }))}
          value={kind}
          onChange={turn}
          allowDeselect={false}
          onKeyDown={rest.onKeyDown}
          comboboxProps={{ transitionProps: { duration: 0 } }}
          style={{ flex: "1 1 8rem" }}
        />
      )}
      <Box style={{ flex: "2 1 12rem" }}>
        <RefSelect
          {...rest}
          key={kind}
          label={kinds.length > 1 ? undefined : label}
          aria-label={name}
          error={error}
          autoFocus={autoFocus}
          entity={kind}
          value={linked?.entity === kind ? linked.id : null}
          title={title}
          onChange={(next) => (next ? onChange(`${kind}:${next.id}`, { ...next, entity: kind }) : onChange(null))}
        />
      </Box>
    </Group>
  );
}
