// A box that opens beside what was pressed.  What opens inside it, a list of choices or a calendar, is a part of it:
// choosing there, by mouse or finger, leaves it open, and Escape closes the innermost only.
import { createTheme, MantineThemeProvider, Popover, type PopoverProps, Portal } from "@mantine/core";
import type { ReactNode } from "react";
import { useEscape } from "@/ui/useEscape";
import css from "@/ui/Pop.module.css";

/* A list in a portal of its own would lie outside, and pressing outside closes the box. */
const inside = createTheme({
  components: {
    Combobox: { defaultProps: { withinPortal: false } },
    Popover: {
      defaultProps: { clickOutsideEvents: ["mousedown"], withinPortal: false, transitionProps: { duration: 0 } },
    },
  },
});

interface Props extends Pick<PopoverProps, "position" | "opened" | "keepMounted"> {
  target: ReactNode;
  children: ReactNode;
  onClose?: (escaped: boolean) => void;
  /** What is built inside is not lost lightly: a press beside it closes it, and presses nothing else. */
  guarded?: boolean;
}

export function Pop({ target, children, opened, onClose, position = "bottom-start", keepMounted, guarded }: Props) {
  const escape = useEscape(() => onClose?.(true));
  return (
    <Popover
      opened={opened}
      onChange={(on) => !on && onClose?.(false)}
      position={position}
      trapFocus
      returnFocus
      closeOnEscape={false}
      closeOnClickOutside={!guarded}
      keepMounted={keepMounted}
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>{target}</Popover.Target>
      {guarded && opened && (
        <Portal>
          <div className={css.shade} onClick={() => onClose?.(false)} />
        </Portal>
      )}
      <Popover.Dropdown className={css.box} {...escape}>
        <MantineThemeProvider theme={inside} inherit>
          {children}
        </MantineThemeProvider>
      </Popover.Dropdown>
    </Popover>
  );
}
