// The card of a record of any entity, drawn from its description.
import { useParams } from "wouter";
import type { EntityName } from "@/api/types";
import { useEntity } from "@/api/useMeta";
import { t } from "@/core/words";
import { hasList } from "@/list/door";
import { RecordCard } from "@/record/RecordCard";
import { Nothing } from "@/ui/Nothing";

export default function GenericCard() {
  const { entity: name = "", id } = useParams<{ entity: string; id: string }>();
  const of = useEntity(name);
  if (!of) return <Nothing title={t("web.nowhere")}>{t("web.nowhere.note")}</Nothing>;
  return (
    <RecordCard
      entity={of.name as EntityName}
      id={Number(id)}
      back={hasList(name) ? { to: `/r/${name}`, label: of.label } : undefined}
      fields={of.fields.map((field) => field.name)}
    />
  );
}
