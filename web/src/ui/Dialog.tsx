// A dialog that is open while it is drawn. The first thing to fill in has the focus, not the cross; Esc closes it, and
// what had the focus before gets it back (core/keepFocus).
import { Modal, type ModalProps } from "@mantine/core";
import { useLayoutEffect, useRef } from "react";
import { t } from "@/core/words";

const FIELDS = "input:not([type=hidden]):not(:disabled), textarea:not(:disabled), select:not(:disabled)";

/* Where nothing else asks for it: the first field, else the first button below the title. */
function useFirstFocus() {
  const body = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const box = body.current;
    if (!box || box.querySelector("[data-autofocus]")) return;
    (box.querySelector(FIELDS) ?? box.querySelector("button:not(:disabled)"))?.setAttribute("data-autofocus", "true");
  }, []);
  return body;
}

function Body({ children }: Pick<ModalProps, "children">) {
  return <div ref={useFirstFocus()}>{children}</div>;
}

export function Dialog({ children, ...rest }: Omit<ModalProps, "opened">) {
  return (
    <Modal opened closeButtonProps={{ "aria-label": t("web.close") }} {...rest}>
      <Body>{children}</Body>
    </Modal>
  );
}
