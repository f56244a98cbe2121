// Which of the kept lists is seen: the address names it and says all it stands for, so that a link shows the same.
import { useEffect } from "react";
import { useRemembered } from "@/core/remember";
import { asFilter, type ListUrl } from "@/list/useListUrl";
import { useViews, type View } from "@/list/views/useViews";

/** In the address: the list as it is without any. */
export const NO_VIEW = "all";

export function useListView(entity: string, url: ListUrl) {
  const views = useViews(entity).data?.items ?? [];
  const [first, setFirst] = useRemembered<number | null>(`view.${entity}`, null);
  const wanted = url.view || (url.bare && first !== null ? String(first) : "");
  const current = views.find((view) => String(view.id) === wanted);
  const unsaid = current !== undefined && !url.said;
  useEffect(() => {
    if (current && unsaid) url.take(current, true);
  }, [current, unsaid, url]);
  return { views, current, first, setFirst };
}

/** Does the list show something else than the view says? */
export const differs = (view: View, url: ListUrl, columns: string[], usual: string[]) =>
  JSON.stringify(url.filter) !== JSON.stringify(asFilter(url.partsOf(view.filter))) ||
  url.search !== view.search ||
  url.sort !== (view.sort || url.usualSort) ||
  url.shape !== view.shape ||
  url.shapeBy !== view.shape_by ||
  columns.join(" ") !== (view.columns || usual.join(" "));
