// Find anything: a place, an action, a client, a product, a person, by a few letters of it.
import { Loader, Modal, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { type KeyboardEvent, useState } from "react";
import { useLocation } from "wouter";
import Search from "icons/IconSearch.mjs";
import { useFound } from "@/api/useFound";
import { may, useSession } from "@/api/useSession";
import { places } from "@/app/places";
import { type Action, offers } from "@/core/actions";
import { t } from "@/core/words";
import { titleOf } from "@/fields/titleOf";
import css from "@/app/Palette.module.css";

interface Hit {
  key: string;
  group: string;
  label: string;
  note?: string;
  run: () => void;
}

const sought = [
  { entity: "client", word: "web.place.clients", path: "/clients", note: ["number", "inn", "city"] },
  { entity: "product", word: "web.place.products", path: "/products", note: ["number"] },
  { entity: "person", word: "web.place.persons", path: "/persons", note: ["post", "email"] },
] as const;

const fits = (label: string, search: string) => label.toLowerCase().includes(search.trim().toLowerCase());

function useRecords(search: string) {
  const session = useSession();
  const [, go] = useLocation();
  const found = sought.map(({ entity }) => useFound(entity, search, search.trim() !== "" && may(session, entity, "view"), 6));
  const hits = sought.flatMap(({ entity, word, path, note }, at) =>
    (search.trim() ? (found[at]?.data?.items ?? []) : []).map((row) => ({
      key: `${entity}${row.id}`,
      group: t(word),
      label: titleOf(row),
      note: note.map((name) => row[name]).filter(Boolean).join(" · "),
      run: () => go(`${path}/${row.id}`),
    })),
  );
  return { hits, busy: found.some((query) => query.isFetching) };
}

function useHits(typed: string): { hits: Hit[]; busy: boolean } {
  const session = useSession();
  const [, go] = useLocation();
  const [search] = useDebouncedValue(typed, 120);
  const records = useRecords(search);
  const open = places.filter((place) => place.open(session) && fits(t(place.word), typed));
  const actions = offers.get().flatMap((offer) => offer.actions).filter((action: Action) => !action.quiet && fits(action.label, typed));
  return {
    busy: records.busy,
    hits: [
      ...records.hits,
      ...actions.map((action) => ({ key: `action ${action.name}`, group: t("web.palette.actions"), label: action.label, run: action.run })),
      ...open.map((place) => ({ key: place.path, group: t("web.places"), label: t(place.word), run: () => go(place.path) })),
    ],
  };
}

export default function Palette({ close }: { close: () => void }) {
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const { hits, busy } = useHits(typed);
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
