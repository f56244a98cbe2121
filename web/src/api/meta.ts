// The description of entities with its labels: the firm's own fields bring theirs, all others are words by their key.
import { known, t } from "@/core/words";
import type { Choice, Entity, Field, Meta } from "@/api/shapes";

const worded = (label: string | undefined, key: string) => label ?? (known(key) ? t(key) : key);

const option =
  (key: string) =>
  (each: Choice | string): Choice =>
    typeof each === "string"
      ? { key: each, label: worded(undefined, `${key}.${each}`) }
      : { ...each, label: worded(each.label, `${key}.${each.key}`) };

const field =
  (entity: string) =>
  (each: Field): Field => ({
    ...each,
    label: worded(each.label, `${entity}.${each.name}`),
    options: each.options?.map(option(`${entity}.${each.name}`)),
  });

const entity = (each: Entity): Entity => ({
  ...each,
  label: worded(each.label, `entity.${each.name}`),
  fields: each.fields.map(field(each.name)),
  figures: (each.figures ?? []).map(field(each.name)),
  children: (each.children ?? []).map((child) => ({
    ...child,
    label: worded(child.label, `${each.name}.${child.name}`),
    fields: child.fields.map(field(child.entity)),
  })),
});

export const inWordsOf = (meta: Meta): Meta => ({ ...meta, entities: meta.entities.map(entity) });
