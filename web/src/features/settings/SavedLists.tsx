// The lists kept under a name, of all records at once: what each shows in words, and the door to it. What a list shows
// is changed where it is seen.
import { Button } from "@mantine/core";
import { Link, useParams } from "wouter";
import type { Field, Meta, Saved } from "@/api/shapes";
import { useMeta } from "@/api/useMeta";
import { t } from "@/core/words";
import { kindName } from "@/fields/link";
import { nameOf } from "@/list/conditions";
import { keptPath } from "@/list/door";
import { RecordList } from "@/list/RecordList";
import { RecordCard } from "@/record/RecordCard";

const columns = ["name", "entity", "sort", "shared", "owner_id"];
const facts = [
  "name",
  "entity",
  "filter",
  "search",
  "columns",
  "sort",
  "shape",
  "shape_by",
  "shared",
  "unit_id",
  "role_id",
];

/* "Дата, по убыванию" */
function orderInWords(meta: Meta, of: string, sort: string) {
  const path = sort.replace(/^-/, "");
  const name = nameOf(meta, of, path)?.label ?? path;
  return t(sort.startsWith("-") ? "web.sort.down" : "web.sort.up", { name });
}

const namesInWords = (meta: Meta, of: string, names: string) =>
  names
    .split(" ")
    .map((name) => nameOf(meta, of, name)?.label ?? name)
    .join(", ");

/* What would be read as the program writes it. */
function inWords(meta: Meta, row: Saved, { name }: Field) {
  const [of, said] = [String(row.entity), String(row[name] ?? "")];
  if (name === "entity") return kindName(of);
  if (name !== "sort" && name !== "columns" && name !== "shape_by") return undefined;
  if (!said) return name === "shape_by" ? undefined : t("web.sort.usual");
  return name === "sort" ? orderInWords(meta, of, said) : namesInWords(meta, of, said);
}

export function SavedListCard() {
  const meta = useMeta();
  return (
    <RecordCard
      entity="view"
      id={Number(useParams<{ id: string }>().id)}
      back={{ to: "/r/view", label: kindName("view") }}
      fields={facts}
      told={(record) => (field) => inWords(meta, record, field)}
      actions={(record) =>
        !record.archived_at && (
          <Button component={Link} href={keptPath(record)}>
            {t("web.view.open")}
          </Button>
        )
      }
    />
  );
}

export default function SavedLists() {
  const meta = useMeta();
  return (
    <RecordList
      entity="view"
      title={kindName("view")}
      counted="web.generic.count"
      columns={columns}
      sort="name"
      pathOf={(row) => `/r/view/${row.id}`}
      cell={(row, field) => inWords(meta, row, field)}
    />
  );
}
