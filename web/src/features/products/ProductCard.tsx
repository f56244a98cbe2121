// A product's card, with the door to the analysis of who buys it.
import { useParams } from "wouter";
import { t } from "@/core/words";
import { RecordCard } from "@/record/RecordCard";

export default function ProductCard() {
  const id = Number(useParams<{ id: string }>().id);
  return <RecordCard entity="product" id={id} back={{ to: "/products", label: t("web.place.products") }} fields={["name", "number", "group_id", "unit", "price", "cost"]} />;
}
