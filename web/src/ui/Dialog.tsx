// A dialog that is open while it is drawn. The first thing to fill in has the focus, not the cross; Esc closes it, and what had the focus before it
// gets it back.
import { Modal, type ModalProps } from "@mantine/core";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { t } from "@/core/words";

const outside = (element: Element | null) => (element instanceof HTMLElement && element !== document.body && !element.closest("[role=dialog]") ? element : null);

function useFocusBack() {
  const [before] = useState(() => outside(document.activeElement));
  useEffect(() => {
    const place = before ?? outside(document.activeElement);
    return () => void window.setTimeout(() => document.activeElement === document.body && place?.isConnected && place.focus({ preventScroll: true }));
  }, [before]);
}

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
  useFocusBack();
  return (
    <Modal opened closeButtonProps={{ "aria-label": t("web.close") }} {...rest}>
      <Body>{children}</Body>
    </Modal>
  );
}
