// A dialog that is open while it is drawn. Esc closes it, and what had the focus before it gets it back.
import { Modal, type ModalProps } from "@mantine/core";
import { useEffect, useState } from "react";
import { t } from "@/core/words";

const outside = (element: Element | null) => (element instanceof HTMLElement && element !== document.body && !element.closest("[role=dialog]") ? element : null);

function useFocusBack() {
  const [before] = useState(() => outside(document.activeElement));
  useEffect(() => {
    const place = before ?? outside(document.activeElement);
    return () => void window.setTimeout(() => document.activeElement === document.body && place?.isConnected && place.focus({ preventScroll: true }));
  }, [before]);
}

export function Dialog(props: Omit<ModalProps, "opened">) {
  useFocusBack();
  return <Modal opened closeButtonProps={{ "aria-label": t("web.close") }} {...props} />;
}
