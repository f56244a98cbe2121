// Mantine as it is, but for what a sales office needs everywhere: no locked scrolling (it would write style elements)
// and labels that stay.
import { createTheme, Modal, Select, Tooltip } from "@mantine/core";

export const theme = createTheme({
  primaryColor: "blue",
  defaultRadius: "md",
  cursorType: "pointer",
  components: {
    Modal: Modal.extend({ defaultProps: { lockScroll: false, centered: false, transitionProps: { duration: 0 } } }),
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
