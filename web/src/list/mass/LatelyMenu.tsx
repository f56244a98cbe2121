// One's last deeds at many records, to take one back when its message has long gone.
import { Button, Group, Menu } from "@mantine/core";
import { useState } from "react";
import History from "icons/IconHistory.mjs";
import type { Entity, Filter, Meta } from "@/api/shapes";
import { useMeta } from "@/api/useMeta";
import { moment } from "@/core/day";
import { t, tn } from "@/core/words";
import { type Lately, tellBack, useLately, useMass } from "@/list/mass/useMass";
import { sentence, type Titles } from "@/list/sentence";
import { useTitles } from "@/list/useTitles";
import { Dialog } from "@/ui/Dialog";

/* What it set reads as a condition that holds since: "Город: Пермь". */
const setBy = ({ values }: Lately): Filter[] =>
  Object.entries(values ?? {}).map(([field, value]) =>
    value === null ? { field, op: "empty" } : { field, op: "is", value: value as string | number | boolean },
  );

const what = (deed: Lately, meta: Meta, of: string, titles: Titles) =>
  deed.values
    ? setBy(deed)
        .map((part) => sentence(part, { meta, of, titles }))
        .join(", ")
    : t("web.mass.do_archive");

export function LatelyMenu({ of }: { of: Entity }) {
  const meta = useMeta();
  const { data } = useLately(of.name);
  const mass = useMass(of.name);
  const [asked, setAsked] = useState<Lately | null>(null);
  const done = data?.items.filter(({ state }) => state === "done") ?? [];
  const titles = useTitles(meta, of.name, done.flatMap(setBy));
  const words = (deed: Lately) =>
    t("web.mass.lately_one", {
      at: moment(deed.at),
      what: what(deed, meta, of.name, titles),
      records: tn("web.mass.records", deed.total),
    });
  const undo = async (deed: Lately) => {
    setAsked(null);
    tellBack(await mass.back(deed.id));
  };
  return (
    <>
      <Menu position="bottom-end" transitionProps={{ duration: 0 }}>
        <Menu.Target>
          {/* There before it is known whether anything can be taken back: rows do not move under a finger. */}
          <Button
            size="compact-sm"
            variant="subtle"
            disabled={!done.length}
            loading={mass.busy}
            leftSection={<History size={14} />}
          >
            {t("web.mass.lately")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {done.map((deed) => (
            <Menu.Item key={deed.id} onClick={() => setAsked(deed)}>
              {words(deed)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {asked && (
        <Dialog onClose={() => setAsked(null)} title={t("web.mass.undo_title")}>
          <p>{words(asked)}</p>
          <p>{t("web.mass.undo_note")}</p>
          <Group justify="flex-end" mt="lg">
            <Button variant="default" onClick={() => setAsked(null)}>
              {t("web.cancel")}
            </Button>
            <Button onClick={() => void undo(asked)}>{t("web.mass.undo")}</Button>
          </Group>
        </Dialog>
      )}
    </>
  );
}
