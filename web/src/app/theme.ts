// Mantine as it is, but for what a sales office needs everywhere: no locked scrolling (it would write style elements)
// and labels that stay.
import { createTheme, Menu, Modal, Popover, Select, Tooltip } from "@mantine/core";

/* A finger that taps beside what is open lets go of the focus after the touch, with the press that the browser makes of
 * it: who closes before gives the focus back too early. */
const closes = { clickOutsideEvents: ["mousedown"] };

export const theme = createTheme({
  primaryColor: "blue",
  defaultRadius: "md",
  cursorType: "pointer",
  components: {
    Modal: Modal.extend({ defaultProps: { lockScroll: false, centered: false, transitionProps: { duration: 0 } } }),
    Menu: Menu.extend({ defaultProps: closes }),
    Popover: Popover.extend({ defaultProps: closes }),
    Select: Select.extend({
      defaultProps: {
        attributes: { options: { tabIndex: 0 } },
        withScrollArea: false,
        selectFirstOptionOnChange: true,
        styles: { options: { maxHeight: "16rem", overflowY: "auto" } },
        comboboxProps: { transitionProps: { duration: 0 } },
      },
    }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 400, transitionProps: { duration: 0 } } }),
  },
});
