// A role's rights as a matrix: for each place and verb how far it reaches, for each place what is hidden.
import type { Meta, Row, Session } from "@/api/types";
import { known, t } from "@/core/words";

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
  verbs: string[];
  masks: string[];
}

const labelOf = (name: string) => (known(`web.right.${name}`) ? t(`web.right.${name}`) : known(name) ? t(name) : name);
export const verbLabel = (verb: string) => (known(`web.verb_name.${verb}`) ? t(`web.verb_name.${verb}`) : verb);

/* What can be granted is what the description, the reader's own rights and the role itself speak of. */
export function placesOf(meta: Meta, session: Session, rights: Right[]): Place[] {
  const verbs = new Map<string, Set<string>>();
  const note = (entity: string, verb: string) => verbs.set(entity, (verbs.get(entity) ?? new Set()).add(verb));
  for (const entity of meta.entities) for (const verb of entity.verbs) note(entity.name, verb);
  for (const [entity, own] of Object.entries(session.rights)) for (const verb of Object.keys(own)) note(entity, verb);
  for (const right of rights) note(right.entity, right.verb);
  return [...verbs].map(([name, set]) => ({
    name,
    label: labelOf(name),
    verbs: [...set],
    masks: [...new Set(meta.entities.find((each) => each.name === name)?.fields.flatMap((field) => field.mask ?? []) ?? [])],
  }));
}

export const columnsOf = (places: Place[]) => {
  const others = [...new Set(places.flatMap((place) => place.verbs))].filter((verb) => !VERBS.includes(verb));
  return [...VERBS, ...others];
};

export const rightOf = (rights: Right[], entity: string, verb: string) => rights.find((right) => right.entity === entity && right.verb === verb);

export function withScope(rights: Right[], entity: string, verb: string, scope: string | null): Right[] {
  const old = rightOf(rights, entity, verb);
  if (!scope || scope === "none") return rights.filter((right) => right !== old);
  if (old) return rights.map((right) => (right === old ? { ...right, scope } : right));
  return [...rights, { entity, verb, scope, mask: rightOf(rights, entity, "view")?.mask ?? null }];
}

export const hiddenIn = (rights: Right[], entity: string) => (rightOf(rights, entity, "view")?.mask ?? "").split(",").filter(Boolean);

export const withHidden = (rights: Right[], entity: string, masks: string[]) =>
  rights.map((right) => (right.entity === entity ? { ...right, mask: masks.join(",") || null } : right));
