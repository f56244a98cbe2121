// What a record is called.
import type { Row } from "@/api/shapes";

export const titleOf = (row: Row): string =>
  String(row.name ?? row.number ?? row.subject ?? row.login ?? `№ ${row.id ?? ""}`);
