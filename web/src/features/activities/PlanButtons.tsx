// The ways to plan something from a card.
import { Button } from "@mantine/core";
import Plus from "icons/IconPlus.mjs";

interface Props<Way extends string> {
  ways: readonly Way[];
  label: (way: Way) => string;
  plan: (way: Way) => void;
}

export const PlanButtons = <Way extends string>({ ways, label, plan }: Props<Way>) =>
  ways.map((way) => (
    <Button key={way} variant="subtle" size="compact-sm" leftSection={<Plus size={14} />} onClick={() => plan(way)}>
      {label(way)}
    </Button>
  ));
