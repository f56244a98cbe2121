// One's last deeds at many records, to take one back when its message has long gone.
import { Button, Menu } from "@mantine/core";
import History from "icons/IconHistory.mjs";
import type { Entity } from "@/api/shapes";
import { moment } from "@/core/day";
import { whole } from "@/core/number";
import { t, tn } from "@/core/words";
import { type Lately, useLately, useMass } from "@/list/mass/useMass";
import { tellBad, tellDone, tellNote } from "@/ui/toasts";
import { said } from "@/api/http";

export function LatelyMenu({ of }: { of: Entity }) {
  const { data } = useLately(of.name);
  const mass = useMass(of.name);
  const done = data?.items.filter(({ state }) => state === "done") ?? [];
  if (!done.length) return null;
  const what = ({ archive, fields }: Lately) =>
    archive
      ? t("web.mass.do_archive")
      : fields.map((name) => of.fields.find((field) => field.name === name)?.label ?? name).join(", ");
  const undo = async (deed: Lately) => {
    const back = await mass.back(deed.id);
    if (!back) tellBad(mass.refusal ? said(mass.refusal) : t("web.mass.not_back"));
    else if (back.kept) tellNote(tn("web.mass.kept", back.kept));
    else tellDone(t("web.mass.back"));
  };
  return (
    <Menu position="bottom-end" transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <Button size="compact-sm" variant="subtle" loading={mass.busy} leftSection={<History size={14} />}>
          {t("web.mass.lately")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("web.mass.lately_note")}</Menu.Label>
        {done.map((deed) => (
          <Menu.Item key={deed.id} onClick={() => void undo(deed)}>
            {moment(deed.at)} · {what(deed)} · {whole(deed.total)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
