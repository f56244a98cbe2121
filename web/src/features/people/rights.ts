// A role's rights as a matrix: for each place and verb how far it reaches, for each place what is hidden.
import type { Meta, Row } from "@/api/shapes";
import { known, t } from "@/core/words";
import type { Grantable } from "@/features/people/useRights";

export interface Right extends Row {
  entity: string;
  verb: string;
  scope: string;
  mask?: string | null;
}

const VERBS = ["view", "add", "change", "archive", "export", "import"];

export interface Place {
  name: string;
  label: string;
  scoped: boolean;
  verbs: string[];
  masks: string[];
}

export const placeLabel = (name: string) => (known(`entity.${name}`) ? t(`entity.${name}`) : name);
export const verbLabel = (verb: string) => (known(`web.verb_name.${verb}`) ? t(`web.verb_name.${verb}`) : verb);

const masksOf = (meta: Meta, name: string) => [
  ...new Set(meta.entities.find((each) => each.name === name)?.fields.flatMap((field) => field.mask ?? []) ?? []),
];

export const placesOf = (meta: Meta, grantable: Grantable[]): Place[] =>
  grantable.map(({ entity, scoped, verbs, counts }) => ({
    name: entity,
    label: placeLabel(entity),
    scoped,
    verbs,
    masks: masksOf(meta, counts ?? entity),
  }));

export const columnsOf = (places: Place[]) => {
  const others = [...new Set(places.flatMap((place) => place.verbs))].filter((verb) => !VERBS.includes(verb));
  return [...VERBS, ...others];
};

export const rightOf = (rights: Right[], entity: string, verb: string) =>
  rights.find((right) => right.entity === entity && right.verb === verb);

/* Without its id a right that changes is written as another one, so that the history tells the whole of it: whose rows,
 * which verb. */
const anew = ({ entity, verb, scope, mask }: Right) => ({ entity, verb, scope, mask }) as Right;

export function withScope(rights: Right[], entity: string, verb: string, scope: string | null): Right[] {
  const old = rightOf(rights, entity, verb);
  if (!scope || scope === "none") return rights.filter((right) => right !== old);
  if (old) return rights.map((right) => (right === old ? anew({ ...right, scope }) : right));
  return [...rights, { entity, verb, scope, mask: rightOf(rights, entity, "view")?.mask ?? null }];
}

export const hiddenIn = (rights: Right[], entity: string) =>
  (rightOf(rights, entity, "view")?.mask ?? "").split(",").filter(Boolean);

export const withHidden = (rights: Right[], entity: string, masks: string[]) =>
  rights.map((right) => (right.entity === entity ? anew({ ...right, mask: masks.join(",") || null }) : right));
