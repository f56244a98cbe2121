// What must be ready before a client is handed over, as the kind of the request has it: each line is ticked off.
import { Checkbox, Stack } from "@mantine/core";
import { useRecord } from "@/api/useRecord";
import { t } from "@/core/words";
import type { OwnInput } from "@/record/RecordForm";

const linesOf = (text: unknown) =>
  String(text ?? "")
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

export function Checklist({ values, error, onChange }: OwnInput) {
  const kind = Number(values.kind_id ?? 0);
  const { data } = useRecord("request_kind", kind, kind > 0);
  const lines = linesOf(data?.checklist);
  const checked = linesOf(values.checked);
  if (!lines.length) return null;
  const put = (line: string, on: boolean) =>
    onChange(lines.filter((each) => (each === line ? on : checked.includes(each))).join("\n") || null);
  return (
    <Checkbox.Group label={t("request.checked")} error={error} value={checked}>
      <Stack gap="xs" my="xs">
        {lines.map((line) => (
          <Checkbox key={line} value={line} label={line} onChange={(event) => put(line, event.currentTarget.checked)} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
