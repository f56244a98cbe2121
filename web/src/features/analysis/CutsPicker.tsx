// The two cuts of a classification in percent, editable.
import { Button, Group, NumberInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { t } from "@/core/words";
import { Pop } from "@/ui/Pop";

interface Props {
  label: string;
  value: string | undefined;
  usual: [number, number];
  onChange: (cuts: string | null) => void;
}

export function CutsPicker({ label, value, usual, onChange }: Props) {
  const [first = usual[0], second = usual[1]] = value ? value.split(",").map(Number) : usual;
  const [open, setOpen] = useState(false);
  const [low, setLow] = useState<number | string>(first);
  const [high, setHigh] = useState<number | string>(second);
  const right = Number(low) > 0 && Number(low) < Number(high);
  const apply = (event: FormEvent) => {
    event.preventDefault();
    if (!right) return;
    onChange(Number(low) === usual[0] && Number(high) === usual[1] ? null : `${low},${high}`);
    setOpen(false);
  };
  return (
    <Pop
      opened={open}
      onClose={() => setOpen(false)}
      target={
        <Button variant="default" onClick={() => setOpen(!open)}>
          {label} {first} / {second}
        </Button>
      }
    >
      <form onSubmit={apply}>
        <Group gap="xs" align="end" wrap="nowrap">
          <NumberInput
            label={t("web.analysis.cut_first")}
            w={110}
            min={0}
            max={1000}
            suffix=" %"
            value={low}
            onChange={setLow}
            error={!right}
          />
          <NumberInput
            label={t("web.analysis.cut_second")}
            w={110}
            min={0}
            max={1000}
            suffix=" %"
            value={high}
            onChange={setHigh}
            error={!right}
          />
          <Button type="submit" disabled={!right}>
            {t("web.filter.apply")}
          </Button>
        </Group>
      </form>
    </Pop>
  );
}
