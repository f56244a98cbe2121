// The lists kept under a name, in a row above the list: each a link, and what can be done with the one that is seen.
import { ActionIcon, Button, Menu } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { Link, useLocation } from "wouter";
import Bookmark from "icons/IconBookmark.mjs";
import Dots from "icons/IconDots.mjs";
import Users from "icons/IconUsers.mjs";
import { said } from "@/api/http";
import { may, useSession } from "@/api/useSession";
import { remember } from "@/core/remember";
import { t, tn } from "@/core/words";
import { columnsKey } from "@/list/columns";
import { type ListUrl, viewPath } from "@/list/useListUrl";
import { differs, NO_VIEW, type useListView } from "@/list/views/useListView";
import { useViewDeeds, type View } from "@/list/views/useViews";
import { ViewDialog } from "@/list/views/ViewDialog";
import { tellBad, tellDone } from "@/ui/toasts";
import { useRoom } from "@/ui/useRoom";
import css from "@/list/views/ViewStrip.module.css";

interface Props {
  entity: string;
  url: ListUrl;
  seen: ReturnType<typeof useListView>;
  /** The names of the columns that are shown, and of those that are usual. */
  columns: string[];
  usual: string[];
}

export function ViewStrip({ entity, url, seen, columns, usual }: Props) {
  const { views, current } = seen;
  const session = useSession();
  const [path, go] = useLocation();
  const deeds = useViewDeeds(entity);
  const [asked, setAsked] = useState<"new" | "edit" | null>(null);
  const content = {
    filter: url.filter,
    search: url.search,
    sort: url.sort === url.usualSort ? "" : url.sort,
    columns: columns.join(" ") === usual.join(" ") ? "" : columns.join(" "),
    shape: url.shape,
    shape_by: url.shapeBy,
  };
  const altered = current
    ? differs(current, url, columns, usual)
    : content.filter !== null ||
      content.search + content.sort + content.columns + content.shape_by !== "" ||
      content.shape !== "list";
  const keeps = may(session, "view", "add");
  if (!views.length && !(altered && keeps)) return null;

  const save = async (view: View) => {
    try {
      await deeds.change.mutateAsync({ view, patch: content });
      remember(columnsKey(entity, view.id), []);
      tellDone(t("web.view.saved", { name: view.name }));
    } catch (error) {
      tellBad(said(error));
    }
  };
  const restore = async (view: View) => {
    try {
      await deeds.move.mutateAsync({ id: view.id, verb: "restore" });
      go(viewPath(path, view));
    } catch (error) {
      tellBad(said(error));
    }
  };
  const drop = async (view: View) => {
    try {
      await deeds.move.mutateAsync({ id: view.id, verb: "archive" });
      if (seen.first === view.id) seen.setFirst(null);
      go(`${path}?view=${NO_VIEW}`);
      tellDone(t("web.view.dropped", { name: view.name }), () => void restore(view));
    } catch (error) {
      tellBad(said(error));
    }
  };
  return (
    <>
      <div className={css.strip}>
        <nav className={css.nav} aria-label={t("web.views")}>
          <Link href={`${path}?view=${NO_VIEW}`} className={css.view} aria-current={current ? undefined : "page"}>
            {t("web.view.none")}
          </Link>
          <Names path={path} views={views} current={current?.id} />
        </nav>
        <div className={css.deeds}>
          {current?.mine && altered && (
            <Button size="compact-sm" variant="light" onClick={() => void save(current)}>
              {t("web.view.save")}
            </Button>
          )}
          {keeps && altered && (
            <Button
              size="compact-sm"
              variant="subtle"
              leftSection={<Bookmark size={14} />}
              onClick={() => setAsked("new")}
            >
              {t("web.view.save_as")}
            </Button>
          )}
          {current && (
            <Menu position="bottom-end" transitionProps={{ duration: 0 }}>
              <Menu.Target>
                <ActionIcon variant="subtle" color="gray" aria-label={t("web.view.deeds", { name: current.name })}>
                  <Dots size={18} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => seen.setFirst(seen.first === current.id ? null : current.id)}>
                  {t(seen.first === current.id ? "web.view.not_first" : "web.view.first")}
                </Menu.Item>
                {current.mine && <Menu.Item onClick={() => setAsked("edit")}>{t("web.view.edit")}</Menu.Item>}
                {current.mine && may(session, "view", "archive") && (
                  <Menu.Item color="red" onClick={() => void drop(current)}>
                    {t("web.view.drop")}
                  </Menu.Item>
                )}
              </Menu.Dropdown>
            </Menu>
          )}
        </div>
      </div>
      {current && <Left view={current} />}
      {asked && (
        <ViewDialog
          entity={entity}
          view={asked === "edit" ? current : undefined}
          content={content}
          close={() => setAsked(null)}
          onDone={(id) => asked === "new" && url.take({ id, ...content })}
        />
      )}
    </>
  );
}

/* They go by sideways beside the first, and fade where more of them stand. */
function Names({ path, views, current }: { path: string; views: View[]; current?: number }) {
  const frame = useRef<HTMLDivElement>(null);
  const row = useRef<HTMLDivElement>(null);
  useRoom(frame, row);
  useEffect(() => {
    row.current?.querySelector("[aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
  }, [current, views.length]);
  return (
    <div ref={frame} className={css.frame}>
      <div ref={row} className={css.row}>
        <div className={css.views}>
          {views.map((view) => (
            <Link
              key={view.id}
              href={viewPath(path, view)}
              className={css.view}
              aria-current={current === view.id ? "page" : undefined}
              title={[view.name, whose(view)].filter(Boolean).join(" · ")}
            >
              <span className={css.name}>{view.name}</span>
              {view.by && view.shared !== "mine" && <Users size={14} aria-label={whose(view)} />}
            </Link>
          ))}
        </div>
      </div>
    </div>
  );
}

function whose(view: View) {
  if (view.mine) return view.shared === "mine" ? undefined : t("web.view.shared");
  return view.by ? t("web.view.by", { name: view.by }) : t("web.view.ready");
}

/* What of it the reader does not get, and that nobody keeps it any more. */
function Left({ view }: { view: View }) {
  const lines = [
    view.left_conditions > 0 && tn("web.view.left_conditions", view.left_conditions),
    view.left_names > 0 && tn("web.view.left_names", view.left_names),
    view.left_records > 0 && tn("web.view.left_records", view.left_records),
    view.gone && t("web.view.gone", { name: view.by }),
  ].filter(Boolean);
  return lines.length > 0 && <p className={css.left}>{lines.join(" ")}</p>;
}
