// Files made in the browser: a picture of a chart, its figures as CSV that a Russian or another Excel opens at once.
import { spoken } from "@/core/words";
import { cellOf, type Cell, type Figures } from "@/chart/FigureTable";

export function saveUrl(url: string, name: string) {
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
}

/* A cell that a spreadsheet would run as a formula becomes text; a number stays a number. */
function quoted(value: string | number): string {
  if (typeof value === "number") return spoken() === "ru" ? String(value).replace(".", ",") : String(value);
  const safe = /^[\s]*[=+\-@\t]/.test(value) ? `'${value}` : value;
  return `"${safe.replace(/"/g, '""')}"`;
}

const plain = (cell: string | Cell) => {
  const { plain: value, text } = cellOf(cell);
  return quoted(value ?? text.replace(/[\u202f\u00a0]/g, " "));
};

export function saveCsv({ head, rows, foot }: Figures, name: string) {
  const between = spoken() === "ru" ? ";" : ",";
  const lines = [
    head.map((each) => quoted(each.label)),
    ...rows.map((row) => row.map(plain)),
    ...(foot ? [foot.map(plain)] : []),
  ];
  const file = new Blob([`\ufeff${lines.map((line) => line.join(between)).join("\r\n")}\r\n`], {
    type: "text/csv;charset=utf-8",
  });
  const url = URL.createObjectURL(file);
  saveUrl(url, name);
  URL.revokeObjectURL(url);
}
