// A dialog that is open while it is drawn. The first thing to fill in has the focus, not the cross; Esc closes it, and
// what had the focus before gets it back (core/keepFocus).
import { Modal, type ModalProps } from "@mantine/core";
import { useCallback, useLayoutEffect, useRef } from "react";
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

const open: symbol[] = [];

/* Each dialog hears Escape by itself, so only the one on top obeys. One that closes leaves when the key has been heard
 * by all. */
function useTop() {
  const me = useRef(Symbol("dialog"));
  useLayoutEffect(() => {
    const mine = me.current;
    open.push(mine);
    return () => {
      window.setTimeout(() => void open.splice(open.indexOf(mine), 1));
    };
  }, []);
  return useCallback(() => open.at(-1) === me.current, []);
}

function Body({ children }: Pick<ModalProps, "children">) {
  return <div ref={useFirstFocus()}>{children}</div>;
}

export function Dialog({ children, onClose, ...rest }: Omit<ModalProps, "opened">) {
  const onTop = useTop();
  return (
    <Modal
      opened
      closeButtonProps={{ "aria-label": t("web.close") }}
      onClose={() => {
        if (onTop()) onClose();
      }}
      {...rest}
    >
      <Body>{children}</Body>
    </Modal>
  );
}
