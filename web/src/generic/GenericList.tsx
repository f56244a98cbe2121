// The list of any entity, and the form for a new record of it, drawn from its description.
import { useState } from "react";
import { Redirect, useLocation, useParams } from "wouter";
import type { Entity } from "@/api/shapes";
import type { EntityName } from "@/api/types";
import { useChildList, useEntity } from "@/api/useMeta";
import { may, useSession } from "@/api/useSession";
import { t } from "@/core/words";
import { cardPath, hasList, ownList } from "@/list/door";
import { RecordList } from "@/list/RecordList";
import { isMadeHere } from "@/record/FilterField";
import { RecordForm } from "@/record/RecordForm";
import { Nothing } from "@/ui/Nothing";

const COLUMNS = 6;

/* What names a record, what it must have, and then what is short. */
function columnsOf(of: Entity) {
  const short = of.fields.filter((field) => (field.max ?? 0) <= 400 && field.type !== "filter");
  const rank = (name: string, required?: boolean) => (name === of.title ? 0 : required ? 1 : 2);
  return [...short]
    .sort((a, b) => rank(a.name, a.required) - rank(b.name, b.required))
    .slice(0, COLUMNS)
    .map(({ name }) => name);
}

function sortOf(of: Entity) {
  if (of.order) return of.order;
  return of.fields.find((field) => field.name === of.title)?.sort ? of.title : "-created_at";
}

export default function GenericList() {
  const { entity: name = "" } = useParams<{ entity: string }>();
  const of = useEntity(name);
  const child = useChildList(name);
  const own = ownList(name);
  if (own) return <Redirect to={own + window.location.search} replace />;
  if (child) return <ChildList key={name} of={child} />;
  if (!of || !hasList(name)) return <Nothing title={t("web.nowhere")}>{t("web.nowhere.note")}</Nothing>;
  return <List key={name} of={of} />;
}

/* Of all records together: they are read here, and written where they belong. */
function ChildList({ of }: { of: Entity }) {
  const own = of.fields.filter(({ name }) => !name.startsWith("parent."));
  const above = of.fields.filter(({ name, required }) => name.startsWith("parent.") && required);
  return (
    <RecordList
      entity={of.name}
      title={of.label}
      counted="web.generic.count"
      columns={[...above.slice(0, 2), ...own].map(({ name }) => name)}
      sort={of.order ?? "-id"}
      pathOf={(row) => cardPath(of.above ?? "", Number(row[of.parent ?? ""]))}
    />
  );
}

/* What holds a filter is made where that filter is seen. */
const hasForm = (of: Entity) => !of.fields.some((field) => field.type === "filter" && !isMadeHere(field));

function List({ of }: { of: Entity }) {
  const entity = of.name as EntityName;
  const session = useSession();
  const [, go] = useLocation();
  const [adding, setAdding] = useState(false);
  return (
    <>
      <RecordList
        entity={entity}
        title={of.label}
        counted="web.generic.count"
        columns={columnsOf(of)}
        sort={sortOf(of)}
        pathOf={(row) => `/r/${entity}/${row.id}`}
        add={
          may(session, entity, "add") && hasForm(of)
            ? { label: t("web.generic.new"), run: () => setAdding(true) }
            : undefined
        }
      />
      {adding && (
        <RecordForm
          entity={entity}
          title={t("web.generic.new_in", { list: of.label })}
          first={columnsOf(of)}
          children={of.children.map((child) => child.name)}
          close={() => setAdding(false)}
          onDone={(saved) => go(`/r/${entity}/${saved.id}`)}
        />
      )}
    </>
  );
}
