// Where records have their places: the list of an entity, the card of a record. What has no screens of its own has the
// generic ones, drawn from the description of its entity (generic/).
import type { Door, Filter, Saved, Value } from "@/api/shapes";
import { linkParts } from "@/fields/link";
import type { Shape } from "@/list/shapes";
import { listPath, viewPath } from "@/list/useListUrl";

interface Place {
  list?: string;
  /** Where its cards stand, where that is not below the list. */
  card?: string;
  /** It is worked with elsewhere, and has no list that one goes to. */
  unlisted?: boolean;
  /** It is asked for by the record it hangs on, and nowhere else. */
  ofOne?: boolean;
}

const doors: Record<string, Place> = {
  client: { list: "/clients" },
  activity: { list: "/activities", card: "/r/activity" },
  deal: { list: "/deals" },
  request: { list: "/requests" },
  finding: { list: "/findings" },
  watch: { list: "/settings/watch" },
  sale: { list: "/sales" },
  product: { list: "/products" },
  person: { card: "/persons", unlisted: true },
  absence: { list: "/settings/absences" },
  user: { list: "/people", card: "/people/users" },
  unit: { list: "/people/units" },
  role: { list: "/people/roles" },
  import: { list: "/import" },
  source: { list: "/settings/source" },
  channel: { list: "/settings/channel" },
  product_group: { list: "/settings/product_group" },
  contact_rhythm: { list: "/settings/contact_rhythm" },
  activity_kind: { list: "/settings/activity_kind" },
  aim: { list: "/settings/aim" },
  process_version: { list: "/settings/process_version", card: "/r/process_version" },
  stage: { list: "/settings/stage" },
  reason: { list: "/settings/reason" },
  request_kind: { list: "/settings/request_kind" },
  analysis_setting: { unlisted: true },
  attachment: { unlisted: true, ofOne: true },
};

export const ownList = (entity: string) => doors[entity]?.list;

/** Can all its records be listed? */
export const hasList = (entity: string) => !doors[entity]?.ofOne;

/** Is it found nowhere but among the other records? */
export const isOther = (entity: string) => !doors[entity];

const listOf = (entity: string) => ownList(entity) ?? `/r/${entity}`;

export const doorPath = (door: Door | null | undefined) =>
  door ? listPath(listOf(door.entity), door.filter, door.sort) : undefined;

/** Where a list kept under a name is seen. */
export const keptPath = (view: Saved) =>
  viewPath(listOf(String(view.entity)), {
    id: view.id,
    filter: (view.filter as Filter | undefined) ?? null,
    search: String(view.search ?? ""),
    sort: String(view.sort ?? ""),
    shape: (view.shape ?? "list") as Shape,
    shape_by: String(view.shape_by ?? ""),
  });

/** The card of what a link points at. */
export function linkPath(value: Value) {
  const linked = linkParts(value);
  return linked ? cardPath(linked.entity, linked.id) : undefined;
}

export const cardPath = (entity: string, id: number) => `${doors[entity]?.card ?? listOf(entity)}/${id}`;
