// The records of a list as a tree: folded and unfolded, looked for with what stands above them, and put below another
// by mouse, finger or keys. What would close into a circle the server refuses in words, and it stays where it was.
import { type Announcements, DndContext, type DragEndEvent, useDroppable } from "@dnd-kit/core";
import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import { useLocation } from "wouter";
import { may, useSession } from "@/api/useSession";
import { useMany } from "@/api/useMany";
import type { Saved } from "@/api/shapes";
import { whole } from "@/core/number";
import { t } from "@/core/words";
import { titleOf } from "@/fields/titleOf";
import { aimed, useCarrying } from "@/list/carrying";
import type { ShapeProps } from "@/list/Shaped";
import { isCarried } from "@/list/shapes";
import { type Branch, branchesOf } from "@/list/tree/branches";
import { TreeRow } from "@/list/tree/TreeRow";
import { useRowChange } from "@/list/useRowChange";
import { Nothing } from "@/ui/Nothing";
import { Trouble } from "@/ui/Trouble";
import { Waiting } from "@/ui/Waiting";
import css from "@/list/tree/TreeShape.module.css";

/* Trees are small; of a large one so much is shown. */
const TREE_MOST = 1000;
const TOP = "top";

export default function TreeShape({ of, label, wanted, columns, cell, pathOf }: ShapeProps) {
  const tree = of.tree ?? "";
  const session = useSession();
  const [, go] = useLocation();
  const { change, dialog } = useRowChange(of);
  const narrowed = Boolean(wanted.search || wanted.filter);
  const all = useMany(of.name, { sort: wanted.sort, figures: wanted.figures }, TREE_MOST);
  const found = useMany(of.name, wanted, TREE_MOST, narrowed);
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set());
  const [chosen, setChosen] = useState<number | null>(null);
  const [carried, setCarried] = useState<Saved | null>(null);
  const list = useRef<HTMLUListElement>(null);
  const { sensors, begun, ended } = useCarrying();
  const field = of.fields.find(({ name }) => name === tree);
  const carries = may(session, of.name, "change") && field !== undefined && isCarried(field);
  const rows = all.data?.items;
  const hits = narrowed ? found.data?.items : undefined;
  const branches = useMemo(
    () => branchesOf({ rows: rows ?? [], tree, folded, found: hits ? new Set(hits.map(({ id }) => id)) : null }),
    [rows, tree, folded, hits],
  );
  const fold = ({ row, open }: Branch) =>
    setFolded((before) => {
      const next = new Set(before);
      if (open) next.add(row.id);
      else next.delete(row.id);
      return next;
    });
  const at = Math.max(
    0,
    branches.findIndex(({ row }) => row.id === chosen),
  );
  const choose = (next: number) => {
    const branch = branches[Math.max(0, Math.min(branches.length - 1, next))];
    if (!branch) return;
    setChosen(branch.row.id);
    list.current?.querySelector<HTMLElement>(`[data-id="${branch.row.id}"]`)?.focus();
  };
  const above = (branch: Branch | undefined) => branches.findIndex(({ row }) => row.id === branch?.row[tree]);
  const onKey = (event: KeyboardEvent) => {
    const branch = branches[at];
    if (carried || !branch || event.target !== event.currentTarget.querySelector("[role=treeitem]:focus")) return;
    const deeds: Record<string, () => void> = {
      ArrowDown: () => choose(at + 1),
      ArrowUp: () => choose(at - 1),
      Home: () => choose(0),
      End: () => choose(branches.length - 1),
      ArrowRight: () => (branch.below && !branch.open ? fold(branch) : branch.open && choose(at + 1)),
      ArrowLeft: () => (branch.open ? fold(branch) : above(branch) >= 0 && choose(above(branch))),
      Enter: () => pathOf && go(pathOf(branch.row)),
    };
    const deed = deeds[event.key];
    if (!deed) return;
    event.preventDefault();
    deed();
  };
  const rowOf = (id: unknown) => branches.find(({ row }) => row.id === id)?.row;
  const nameOf = (id: unknown) => (id === TOP ? t("web.tree.top") : titleOf(rowOf(id) ?? {}));
  const end = () => {
    setCarried(null);
    ended();
  };
  const dropped = ({ over }: DragEndEvent) => {
    const to = over?.id === TOP ? null : rowOf(over?.id);
    if (carried && over && to?.id !== carried.id && (to?.id ?? null) !== (carried[tree] ?? null)) {
      const said = t(to ? "web.tree.moved" : "web.tree.moved_up", {
        name: titleOf(carried),
        above: to ? titleOf(to) : "",
      });
      setFolded((before) => new Set([...before].filter((id) => id !== to?.id)));
      void change(
        carried,
        { [tree]: to?.id ?? null },
        said,
        to ? { [tree]: { id: to.id, title: titleOf(to) } } : undefined,
      );
    }
    end();
  };
  const announcements: Announcements = {
    onDragStart: ({ active }) => t("web.tree.lifted", { name: nameOf(active.id) }),
    onDragOver: ({ over }) => (over ? nameOf(over.id) : undefined),
    onDragEnd: ({ over }) => (over ? t("web.board.dropped", { column: nameOf(over.id) }) : t("web.board.back")),
    onDragCancel: () => t("web.board.back"),
  };
  const error = all.error ?? found.error;
  if (error) return <Trouble error={error} again={() => void Promise.all([all.refetch(), found.refetch()])} />;
  if (!rows) return <Waiting />;
  if (!branches.length) return <Nothing title={t("web.list.none")}>{t("web.list.none_note")}</Nothing>;
  const told = columns.filter(({ name }) => name !== tree && name !== of.title).slice(0, 3);
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={aimed}
      accessibility={{ announcements, screenReaderInstructions: { draggable: t("web.tree.keys") } }}
      onDragStart={({ active }) => {
        begun();
        setCarried(rowOf(active.id) ?? null);
      }}
      onDragEnd={dropped}
      onDragCancel={end}
    >
      {dialog}
      {all.data?.more && <p className={css.more}>{t("web.tree.too_many", { n: whole(TREE_MOST) })}</p>}
      <div className={css.frame}>
        <Top open={Boolean(carried && carried[tree])} />
        <ul ref={list} role="tree" aria-label={label} className={css.tree} onKeyDown={onKey}>
          {branches.map((branch, place) => (
            <TreeRow
              key={branch.row.id}
              branch={branch}
              told={told}
              cell={cell}
              path={pathOf?.(branch.row)}
              stop={place === at}
              carries={carries}
              carried={carried?.id === branch.row.id}
              onFold={() => fold(branch)}
              onFocus={() => setChosen(branch.row.id)}
            />
          ))}
        </ul>
      </div>
    </DndContext>
  );
}

/* Where one is put that is to stand below none. */
function Top({ open }: { open: boolean }) {
  const { setNodeRef, isOver } = useDroppable({ id: TOP, disabled: !open });
  return (
    <div ref={setNodeRef} className={css.top} data-open={open || undefined} data-over={isOver || undefined}>
      {t("web.tree.top")}
    </div>
  );
}
