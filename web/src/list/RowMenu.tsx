// What can be done with one row, behind three dots. The record is asked what the reader may do with it when the menu
// opens, so a row that is only looked at offers nothing that will be refused.
import { ActionIcon, Menu } from "@mantine/core";
import Dots from "icons/IconDots.mjs";
import type { Entity, Saved } from "@/api/shapes";
import { useRecord } from "@/api/useRecord";
import { t } from "@/core/words";
import { titleOf } from "@/fields/titleOf";
import { type ReadyAction, useFitting } from "@/list/rowActions";

export interface RowDeeds {
  of: Entity;
  actions: ReadyAction[];
  /** The row whose menu is open. */
  open: number | null;
  setOpen: (id: number | null) => void;
  run: (action: ReadyAction, row: Saved) => void;
}

export function RowMenu({ row, deeds }: { row: Saved; deeds: RowDeeds }) {
  const fitting = useFitting(deeds.of, deeds.actions);
  if (!fitting(row).length && deeds.open !== row.id) return null;
  return (
    <Menu
      opened={deeds.open === row.id}
      onChange={(opened) => deeds.setOpen(opened ? row.id : null)}
      position="bottom-end"
      transitionProps={{ duration: 0 }}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          tabIndex={-1}
          aria-label={t("web.list.row_deeds", { name: titleOf(row) })}
        >
          <Dots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Items row={row} deeds={deeds} />
      </Menu.Dropdown>
    </Menu>
  );
}

function Items({ row, deeds }: { row: Saved; deeds: RowDeeds }) {
  const { data, error, refetch } = useRecord(deeds.of.name, row.id);
  const fitting = useFitting(deeds.of, deeds.actions);
  const items = fitting(data ?? row);
  const choose = async (action: ReadyAction) => {
    const now = data ?? (await refetch()).data;
    if (now && fitting(now).includes(action)) deeds.run(action, now);
  };
  const shown = error ? [] : items;
  /* Known by their places: when the record has answered, what had the focus has it still. Nor is what says that there
   * is nothing disabled, since the focus needs a place. */
  return shown.length
    ? shown.map((action, at) => (
        <Menu.Item key={at} onClick={() => void choose(action)}>
          {t(action.word)}
        </Menu.Item>
      ))
    : [
        <Menu.Item key={0} c="dimmed">
          {t("web.list.row_nothing")}
        </Menu.Item>,
      ];
}
