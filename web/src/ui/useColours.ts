// The colours of the screen: what the reader chose and whether that is dark now. Mantine would stop transitions
// meanwhile by a style element of its own, which the page does not take.
import { useComputedColorScheme, useMantineColorScheme } from "@mantine/core";

export function useColours() {
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const dark = useComputedColorScheme("light", { getInitialValueInEffect: false }) === "dark";
  return { chosen: colorScheme, dark, choose: setColorScheme };
}
