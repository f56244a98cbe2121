// Find anything by a few letters of it: a record, a deed, a place, an analysis, a part of the settings.
import { Loader, Modal, TextInput } from "@mantine/core";
import { type KeyboardEvent, useState } from "react";
import Search from "icons/IconSearch.mjs";
import { type Hit, usePaletteHits } from "@/app/paletteHits";
import { t } from "@/core/words";
import css from "@/app/Palette.module.css";

export default function Palette({ close }: { close: () => void }) {
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const { hits, busy } = usePaletteHits(typed);
  const chosen = Math.min(at, hits.length - 1);
  const run = (hit: Hit | undefined) => {
    if (!hit) return;
    close();
    hit.run();
  };
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setAt((chosen + step + hits.length) % Math.max(hits.length, 1));
    } else if (event.key === "Enter") run(hits[chosen]);
  };
  return (
    <Modal.Root opened onClose={close} size="lg" yOffset="12dvh" lockScroll={false} transitionProps={{ duration: 0 }}>
      <Modal.Overlay />
      <Modal.Content aria-label={t("web.palette")} radius="md">
        <TextInput
          size="md"
          variant="unstyled"
          className={css.input}
          autoFocus
          data-autofocus
          leftSection={<Search size={18} />}
          rightSection={busy ? <Loader size={16} /> : null}
          placeholder={t("web.palette.hint")}
          aria-label={t("web.palette")}
          role="combobox"
          aria-expanded
          aria-controls="palette"
          aria-activedescendant={hits.length ? `palette-${chosen}` : undefined}
          value={typed}
          onChange={(event) => (setTyped(event.currentTarget.value), setAt(0))}
          onKeyDown={onKey}
        />
        <div id="palette" role="listbox" aria-label={t("web.palette")} className={css.hits}>
          {hits.map((hit, index) => (
            <div key={hit.key} role="presentation">
              {hit.group !== hits[index - 1]?.group && (
                <div className={css.group} role="presentation">
                  {hit.group}
                </div>
              )}
              <div
                id={`palette-${index}`}
                role="option"
                aria-selected={index === chosen}
                className={css.hit}
                ref={(element) => {
                  if (index === chosen) element?.scrollIntoView({ block: "nearest" });
                }}
                onMouseMove={() => index !== chosen && setAt(index)}
                onClick={() => run(hit)}
              >
                <span>{hit.label}</span>
                {hit.note && <small>{hit.note}</small>}
              </div>
            </div>
          ))}
          {!hits.length && !busy && <div className={css.none}>{t("web.palette.none")}</div>}
        </div>
      </Modal.Content>
    </Modal.Root>
  );
}
