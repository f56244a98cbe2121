// Any list of records: search, conditions, columns, order, totals, export; what is seen stands in the address.
import { ActionIcon, Button, Skeleton } from "@mantine/core";
import { type ReactNode, useCallback, useRef } from "react";
import { useLocation } from "wouter";
import DensityMedium from "icons/IconBaselineDensityMedium.mjs";
import DensitySmall from "icons/IconBaselineDensitySmall.mjs";
import Checks from "icons/IconChecks.mjs";
import Plus from "icons/IconPlus.mjs";
import { useCount } from "@/api/useCount";
import { groupsQuestion } from "@/api/useGroups";
import { questionOf, useList } from "@/api/useList";
import { useChildList, useEntity, useMeta } from "@/api/useMeta";
import { may, useSession } from "@/api/useSession";
import type { Entity, Field, Saved } from "@/api/shapes";
import type { EntityName } from "@/api/types";
import { useActions } from "@/core/actions";
import { toEdit } from "@/core/editing";
import { useRemembered } from "@/core/remember";
import { t, tn } from "@/core/words";
import { Cards } from "@/list/Cards";
import { ColumnChooser } from "@/list/ColumnChooser";
import { useColumns } from "@/list/columns";
import { ExportMenu } from "@/list/ExportMenu";
import { countedText, figureCell } from "@/list/figures";
import { FilterBar } from "@/list/FilterBar";
import { Grid } from "@/list/Grid";
import { askedOf, questionOf as groupQuestionOf } from "@/list/groups/question";
import { PickedBar } from "@/list/mass/PickedBar";
import { usePicked } from "@/list/mass/usePicked";
import { sentence } from "@/list/sentence";
import { Shaped } from "@/list/Shaped";
import { type Shape, shapesOf } from "@/list/shapes";
import { ShapeSwitch } from "@/list/ShapeSwitch";
import { SearchBox } from "@/list/SearchBox";
import { useListPlace } from "@/list/useListPlace";
import { useListUrl } from "@/list/useListUrl";
import { useTitles } from "@/list/useTitles";
import { useRowDeeds } from "@/list/useRowDeeds";
import { useListView } from "@/list/views/useListView";
import { ViewStrip } from "@/list/views/ViewStrip";
import { Nothing } from "@/ui/Nothing";
import { Page } from "@/ui/Page";
import { Trouble } from "@/ui/Trouble";
import { useNarrow } from "@/ui/useNarrow";
import css from "@/list/RecordList.module.css";

interface Props {
  /** Also one of children, as `sale_line`. */
  entity: EntityName | (string & {});
  title: string;
  /** The key of "{n} clients" in its plural forms. */
  counted: string;
  columns: string[];
  sort: string;
  pathOf?: (row: Saved) => string;
  add?: { label: string; run: () => void };
  /** Columns that are no fields of the record; `cell` fills them. */
  extra?: Field[];
  cell?: (row: Saved, field: Field) => ReactNode | undefined;
  actions?: ReactNode;
  tabs?: ReactNode;
  /** Why the list is still empty. */
  empty?: string;
  /** An import fills it: of that `empty` speaks to those who may import. */
  imported?: boolean;
}

export function RecordList(props: Props) {
  const own = useEntity(props.entity);
  const child = useChildList(props.entity);
  const entity = own ?? child;
  if (!entity) return <Nothing title={t("web.denied")}>{t("web.denied.note")}</Nothing>;
  return <List {...props} of={entity} />;
}

function List({ of, ...props }: Props & { of: Entity }) {
  const url = useListUrl(props.sort);
  const session = useSession();
  const narrow = useNarrow();
  const [, go] = useLocation();
  const [dense, setDense] = useRemembered("dense", false);
  const searchBox = useRef<HTMLInputElement>(null);
  const figures = of.figures ?? [];
  const shown = [...of.fields, ...figures.filter((each) => each.shown), ...(props.extra ?? [])];
  const seen = useListView(of.name, url);
  const ownColumns = seen.current?.columns ? seen.current.columns.split(" ") : props.columns;
  const { columns, choose, usual } = useColumns(of.name, shown, ownColumns, seen.current?.id);
  const names = columns.filter((field) => !props.extra?.includes(field)).map((field) => field.name);
  const asked = columns.filter((field) => figures.includes(field)).map((field) => field.name);
  const wanted = { search: url.search, filter: url.filter, sort: url.sort, figures: asked };
  const meta = useMeta();
  const shapes = shapesOf(of, meta.entities);
  const shape: Shape = shapes.includes(url.shape) ? url.shape : "list";
  const listed = shape === "list";
  const list = useList(of.name, wanted, { enabled: listed });
  const searched = (!list.isPlaceholderData && list.data?.pages[0]?.searched) || url.search;
  const found = { ...wanted, search: searched };
  const count = useCount(of.name, found);
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const counts = list.data?.pages[0]?.counted;
  const told = columns.map((field) => ({ ...field, note: countedText(field, counts) }));
  const cell = (row: Saved, field: Field) => props.cell?.(row, field) ?? figureCell(row, field, counts);
  const { place, chosen, choose: chooseRow, move } = useListPlace(rows);
  const picked = usePicked(rows, count.data?.count ?? rows.length, found);
  const picks = may(session, of.name, "change");
  const { deeds, together, run, dialog } = useRowDeeds(of);
  const { fetchNextPage, isFetchingNextPage } = list;
  const loadMore = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, isFetchingNextPage]);
  const open = (row: Saved | undefined) => row && props.pathOf && go(props.pathOf(row));
  const edit = (row: Saved | undefined) => row && props.pathOf && go(props.pathOf(row), toEdit);
  useActions([
    { name: "filter", label: t("web.list.search"), key: "/", quiet: true, run: () => searchBox.current?.focus() },
    { name: "down", label: t("web.list.down"), key: "j", quiet: true, run: () => move(1) },
    { name: "up", label: t("web.list.up"), key: "k", quiet: true, run: () => move(-1) },
    { name: "open", label: t("web.list.open"), key: "Enter", quiet: true, run: () => open(rows[chosen]) },
    { name: "edit", label: t("web.list.edit"), key: "e", quiet: true, run: () => edit(rows[chosen]) },
    ...(deeds && listed
      ? [
          {
            name: "row deeds",
            label: t("web.list.row_key"),
            key: "m",
            quiet: true,
            run: () => deeds.setOpen(rows[Math.max(chosen, 0)]?.id ?? null),
          },
        ]
      : []),
    ...(picks && listed
      ? [
          {
            name: "pick",
            label: t("web.mass.key"),
            key: "x",
            quiet: true,
            run: () => picked.toggle(Math.max(chosen, 0)),
          },
          { name: `mass ${of.name}`, label: t("web.mass.start"), run: () => picked.start(!picked.on) },
        ]
      : []),
    ...(props.add ? [{ name: `add ${of.name}`, label: props.add.label, run: props.add.run }] : []),
  ]);
  const titles = useTitles(meta, of.name, url.parts);
  const printed = [
    ...(url.search ? [t("web.filter.quoted", { text: searched })] : []),
    ...url.parts.map((part) => sentence(part, { meta, of: of.name, titles })),
    ...new Set(told.flatMap((field) => field.note ?? [])),
  ];
  const narrowed = url.search !== "" || url.parts.length > 0;

  return (
    <Page
      fill
      printed={printed}
      title={props.title}
      name={props.title}
      aside={
        <span className={css.aside}>
          <span>
            {count.data ? tn(props.counted, count.data.count) : !count.error && <Skeleton width={90} height={14} />}
          </span>
          {shapes.length > 1 && <ShapeSwitch shapes={shapes} value={shape} onChange={(next) => url.setShape(next)} />}
        </span>
      }
      actions={
        <>
          {props.actions}
          {props.add && (
            <Button leftSection={<Plus size={16} />} onClick={props.add.run}>
              {props.add.label}
            </Button>
          )}
        </>
      }
    >
      {props.tabs}
      <ViewStrip
        entity={of.name}
        url={url}
        seen={seen}
        columns={columns.map((field) => field.name)}
        usual={shown.length ? props.columns.filter((name) => shown.some((field) => field.name === name)) : []}
      />
      <div className={css.bar} role="group" aria-label={t("web.list.tools")}>
        <SearchBox box={searchBox} value={url.search} onChange={url.setSearch} />
        <FilterBar of={of.name} parts={url.parts} onChange={url.setParts} />
        <div className={css.tools}>
          {picks && listed && rows.length > 0 && (
            <ActionIcon
              variant="default"
              size="lg"
              aria-pressed={picked.on}
              aria-label={t("web.mass.start")}
              title={t("web.mass.start")}
              onClick={() => picked.start(!picked.on)}
            >
              <Checks size={18} />
            </ActionIcon>
          )}
          {!narrow && (
            <>
              {listed && (
                <ActionIcon
                  variant="default"
                  size="lg"
                  aria-pressed={dense}
                  aria-label={t("web.list.dense")}
                  title={t("web.list.dense")}
                  onClick={() => setDense(!dense)}
                >
                  {dense ? <DensitySmall size={18} /> : <DensityMedium size={18} />}
                </ActionIcon>
              )}
              {shape !== "groups" && <ColumnChooser fields={shown} columns={columns} usual={usual} onChange={choose} />}
            </>
          )}
          {may(session, of.above ?? of.name, "export") && (
            <ExportMenu
              entity={of.name}
              what={shape === "groups" ? "group/export" : "export"}
              question={
                shape === "groups"
                  ? groupsQuestion(askedOf(groupQuestionOf(meta, of, url.shapeBy)), found)
                  : { ...questionOf(found), fields: names.join(",") }
              }
            />
          )}
        </div>
      </div>
      {picks && listed && picked.on && (
        <PickedBar
          of={of}
          picked={picked}
          rows={rows}
          total={count.data?.count ?? rows.length}
          more={picked.all ? [] : together(rows.filter(picked.has))}
          run={run}
        />
      )}
      {dialog}
      {list.error ? (
        <Trouble error={list.error} again={() => void list.refetch()} />
      ) : shape !== "list" && count.data?.count !== 0 ? (
        <Shaped
          shape={shape}
          of={of}
          label={props.title}
          wanted={found}
          by={url.shapeBy}
          onBy={(by) => url.setShape(shape, by)}
          columns={told}
          cell={cell}
          pathOf={props.pathOf}
        />
      ) : (list.data || !listed) && !rows.length ? (
        narrowed ? (
          <Nothing title={t("web.list.none")} way={{ run: url.widen, label: t("web.list.widen") }}>
            {t("web.list.none_note")}
          </Nothing>
        ) : (
          <Empty empty={props.empty} imported={props.imported} add={props.add} />
        )
      ) : narrow ? (
        <Cards
          label={props.title}
          rows={rows}
          columns={told}
          cell={cell}
          pathOf={props.pathOf}
          place={place}
          chosen={chosen}
          onChoose={chooseRow}
          more={list.hasNextPage}
          loadMore={loadMore}
          picked={picks && picked.on ? picked : undefined}
          deeds={deeds}
        />
      ) : (
        <Grid
          label={props.title}
          rows={rows}
          count={count.data ? count.data.count + 1 : undefined}
          columns={told}
          usual={usual}
          totals={count.data?.totals}
          sort={url.sort}
          onSort={url.setSort}
          place={place}
          chosen={chosen}
          onChoose={chooseRow}
          pathOf={props.pathOf}
          onOpen={open}
          cell={cell}
          more={list.hasNextPage}
          loadMore={loadMore}
          dense={dense}
          stale={list.isPlaceholderData}
          picked={picks && picked.on ? picked : undefined}
          deeds={deeds}
        />
      )}
    </Page>
  );
}

function Empty({ empty, imported, add }: Pick<Props, "empty" | "imported" | "add">) {
  const session = useSession();
  const imports = imported && may(session, "import", "add");
  const note = imported && !imports ? undefined : empty;
  return (
    <Nothing title={t("web.list.empty")} way={imports ? { to: "/import/new", label: t("web.import.new") } : add}>
      {note ?? t(add ? "web.list.empty_add" : "web.list.empty_note")}
    </Nothing>
  );
}
