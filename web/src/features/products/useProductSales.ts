// The sales in which a product stands, newest first.
import { useQuery } from "@tanstack/react-query";
import { ask, call } from "@/api/http";
import type { Page } from "@/api/shapes";
import { ofProduct } from "@/features/products/doors";

export const useProductSales = (id: number, enabled: boolean) =>
  useQuery({
    queryKey: ["list", "sale", "of product", id],
    queryFn: () =>
      call<Page>("GET", ask("/api/sale", { filter: JSON.stringify(ofProduct(id)), sort: "-day", limit: 30 })),
    enabled,
  });
