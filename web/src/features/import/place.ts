// Where in a file something stands, in words.
import { Refusal, said } from "@/api/http";
import { t } from "@/core/words";

/** Of a file of several sheets the number of the sheet stands above the number of its row. */
export function placeOf(row: number): string {
  const sheet = Math.floor(row / 2 ** 32);
  return sheet ? t("web.import.row_of_sheet", { row: row % 2 ** 32, sheet }) : String(row);
}

/** Why a file is refused, with its row where there is one. */
export function saidOfFile(error: unknown): string {
  const row = error instanceof Refusal ? error.problems[0]?.row : undefined;
  return row ? `${t("web.import.in_row", { row: placeOf(row) })}: ${said(error)}` : said(error);
}
