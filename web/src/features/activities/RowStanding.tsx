// From somebody's row to where his clients have stopped.
import { useEffect } from "react";
import { useLocation } from "wouter";
import type { RowDeedProps } from "@/list/rowActions";

export default function RowStanding({ rows: [row], close }: RowDeedProps) {
  const [, go] = useLocation();
  useEffect(() => {
    close();
    if (row) go(`/standing?whose=${row.id}`);
  });
  return null;
}
