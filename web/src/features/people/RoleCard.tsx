// A role: what it may do in each place, with whose rows, and what stays hidden. A change is saved at once and reaches
// everybody at their next click.
import { Checkbox, MultiSelect, Select } from "@mantine/core";
import { useParams } from "wouter";
import { said } from "@/api/http";
import type { Saved } from "@/api/shapes";
import { useMeta } from "@/api/useMeta";
import { may, useSession } from "@/api/useSession";
import { t } from "@/core/words";
import { useRights } from "@/features/people/useRights";
import {
  columnsOf,
  hiddenIn,
  type Place,
  placesOf,
  type Right,
  rightOf,
  verbLabel,
  withHidden,
  withScope,
} from "@/features/people/rights";
import { RecordCard } from "@/record/RecordCard";
import { Section } from "@/record/Section";
import { useFieldEdit } from "@/record/useFieldEdit";
import { tellBad } from "@/ui/toasts";
import { Room } from "@/ui/Room";
import css from "@/features/people/RoleCard.module.css";

export default function RoleCard() {
  const id = Number(useParams<{ id: string }>().id);
  return (
    <RecordCard
      wide
      entity="role"
      id={id}
      back={{ to: "/people/roles", label: t("web.people.roles") }}
      fields={["name", "view_limit"]}
      skip={["name_key"]}
      lists={[]}
    >
      {(role) => <Matrix role={role} />}
    </RecordCard>
  );
}

function Matrix({ role }: { role: Saved }) {
  const meta = useMeta();
  const session = useSession();
  const { save, busy } = useFieldEdit("role");
  const rights = (role.rights as Right[] | undefined) ?? [];
  const places = placesOf(meta, useRights().data?.items ?? []);
  const columns = columnsOf(places);
  const editable = may(session, "role", "change") && !role.archived_at;
  const put = async (next: Right[]) => {
    const refusal = await save(role, { rights: next });
    if (refusal) tellBad(said(refusal));
  };
  return (
    <Section title={t("web.people.rights")}>
      <p className={css.note}>{t("web.people.rights_note")}</p>
      <Room label={t("web.people.rights")} busy={busy}>
        <table className={css.matrix}>
          <thead>
            <tr>
              <th scope="col">{t("web.people.where")}</th>
              {columns.map((verb) => (
                <th key={verb} scope="col">
                  {verbLabel(verb)}
                </th>
              ))}
              <th scope="col">{t("web.people.hidden")}</th>
            </tr>
          </thead>
          <tbody>
            {places.map((place) => (
              <tr key={place.name}>
                <th scope="row">{place.label}</th>
                {columns.map((verb) => (
                  <td key={verb}>
                    {place.verbs.includes(verb) && (
                      <Cell
                        place={place}
                        verb={verb}
                        rights={rights}
                        editable={editable}
                        put={(next) => void put(next)}
                      />
                    )}
                  </td>
                ))}
                <td>
                  {place.masks.length > 0 && (
                    <Hidden place={place} rights={rights} editable={editable} put={(next) => void put(next)} />
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Room>
    </Section>
  );
}

interface CellProps {
  place: Place;
  rights: Right[];
  editable: boolean;
  put: (rights: Right[]) => void;
}

function Cell({ place, verb, rights, editable, put }: CellProps & { verb: string }) {
  const label = `${place.label}: ${verbLabel(verb)}`;
  const scope = rightOf(rights, place.name, verb)?.scope ?? "none";
  if (verb === "add" || !place.scoped)
    return (
      <Checkbox
        aria-label={label}
        disabled={!editable}
        checked={scope !== "none"}
        onChange={(event) => put(withScope(rights, place.name, verb, event.currentTarget.checked ? "all" : null))}
      />
    );
  return (
    <Select
      size="xs"
      className={css.scope}
      data-scope={scope}
      aria-label={label}
      disabled={!editable}
      allowDeselect={false}
      data={["none", "own", "team", "all"].map((value) => ({ value, label: t(`web.scope.${value}`) }))}
      value={scope}
      onChange={(next) => put(withScope(rights, place.name, verb, next))}
    />
  );
}

function Hidden({ place, rights, editable, put }: CellProps) {
  return (
    <MultiSelect
      size="xs"
      className={css.hidden}
      aria-label={`${place.label}: ${t("web.people.hidden")}`}
      disabled={!editable || !rightOf(rights, place.name, "view")}
      placeholder={hiddenIn(rights, place.name).length ? undefined : t("web.people.nothing_hidden")}
      data={place.masks.map((value) => ({ value, label: t(`web.mask.${value}`) }))}
      value={hiddenIn(rights, place.name)}
      onChange={(next) => put(withHidden(rights, place.name, next))}
    />
  );
}
