// A box that opens beside what was pressed.  What opens inside it, a list of choices or a calendar, is a part of it:
// choosing there, by mouse or finger, leaves it open, and Escape closes the innermost only.
import { createTheme, MantineThemeProvider, Popover, type PopoverProps } from "@mantine/core";
import { type KeyboardEvent, type ReactNode, useRef } from "react";

/* A list in a portal of its own would lie outside, and pressing outside closes the box. */
const inside = createTheme({
  components: {
    Combobox: { defaultProps: { withinPortal: false } },
    Popover: { defaultProps: { withinPortal: false, transitionProps: { duration: 0 } } },
  },
});

interface Props extends Pick<PopoverProps, "position" | "opened"> {
  target: ReactNode;
  children: ReactNode;
  onClose?: () => void;
}

const somethingOpen = (box: Element) =>
  [...box.querySelectorAll("[role=listbox], [data-dates-dropdown]")].some((inner) => inner.getClientRects().length > 0);

export function Pop({ target, children, opened, onClose, position = "bottom-start" }: Props) {
  const inner = useRef(false);
  const escape = (event: KeyboardEvent) => {
    if (event.key === "Escape" && !inner.current) onClose?.();
  };
  return (
    <Popover
      opened={opened}
      onChange={(on) => !on && onClose?.()}
      position={position}
      trapFocus
      returnFocus
      closeOnEscape={false}
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>{target}</Popover.Target>
      <Popover.Dropdown
        onKeyDownCapture={(event) => (inner.current = somethingOpen(event.currentTarget))}
        onKeyDown={escape}
      >
        <MantineThemeProvider theme={inside} inherit>
          {children}
        </MantineThemeProvider>
      </Popover.Dropdown>
    </Popover>
  );
}
