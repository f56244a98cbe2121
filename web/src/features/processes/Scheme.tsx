// The drawn scheme of a process: a column a stage, a box a step, and an arrow from each to the one that follows.
import type { Saved } from "@/api/shapes";
import { t } from "@/core/words";
import type { Step } from "@/features/processes/version";
import css from "@/features/processes/Scheme.module.css";

const box = { width: 144, height: 46, across: 166, down: 62, top: 50, left: 4 };
const LETTERS = 17; // of the widest, within a box

/* Two lines of what fits a box. */
function lines(name: string) {
  const words = name.split(" ");
  let first = words.shift() ?? "";
  while (words.length && `${first} ${words[0] ?? ""}`.length <= LETTERS) first += ` ${words.shift() ?? ""}`;
  const second = words.join(" ");
  const short = (text: string) => (text.length > LETTERS ? `${text.slice(0, LETTERS - 1)}…` : text);
  return [short(first), short(second)].filter(Boolean);
}

interface Laid {
  x: number;
  y: number;
  step: Step;
}

function lay(stages: Saved[], steps: Step[]): Laid[] {
  const filled = new Map<number, number>();
  return steps.flatMap((step) => {
    const column = step.stage ? stages.indexOf(step.stage) : -1;
    if (column < 0) return [];
    const row = filled.get(column) ?? 0;
    filled.set(column, row + 1);
    return [{ x: box.left + column * box.across, y: box.top + row * box.down, step }];
  });
}

/* Down within a stage, else from side to side. */
function arrow(from: Laid, to: Laid) {
  const half = box.width / 2;
  if (from.x === to.x) return `M${from.x + half} ${from.y + box.height}V${to.y - 3}`;
  const [start, end] = [from.x + box.width, to.x - 3];
  const middle = start + (box.across - box.width) / 2;
  return `M${start} ${from.y + box.height / 2}H${middle}V${to.y + box.height / 2}H${end}`;
}

export function Scheme({ stages, steps }: { stages: Saved[]; steps: Step[] }) {
  const shown = stages.filter(({ archived_at: archived, kind }) => !archived && kind !== "lost");
  const laid = lay(shown, steps);
  const height = Math.max(box.top + box.down, ...laid.map(({ y }) => y + box.down));
  const width = box.left * 2 + shown.length * box.across;
  return (
    <div className={css.scroll} tabIndex={0} role="region" aria-label={t("web.process.scheme")}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        width={width}
        height={height}
        role="img"
        aria-label={t("web.process.scheme")}
        className={css.scheme}
      >
        <defs>
          <marker id="way-end" viewBox="0 0 6 6" refX="5" refY="3" markerWidth="6" markerHeight="6" orient="auto">
            <path d="M0 0L6 3L0 6Z" />
          </marker>
        </defs>
        {shown.map((stage, column) => (
          <text key={stage.id} y={18} className={css.stage}>
            {lines(String(stage.name)).map((line, row) => (
              <tspan key={line} x={box.left + column * box.across} dy={row * 15}>
                {line}
              </tspan>
            ))}
          </text>
        ))}
        {laid.slice(1).map((to, at) => {
          const from = laid[at];
          return from && <path key={to.step.at} d={arrow(from, to)} className={css.arrow} markerEnd="url(#way-end)" />;
        })}
        {laid.map(({ x, y, step }, at) => (
          <g key={step.at} transform={`translate(${x} ${y})`}>
            <title>{String(step.row.name)}</title>
            <rect width={box.width} height={box.height} rx={6} className={css.box} />
            {lines(`${at + 1}. ${String(step.row.name)}`).map((line, row) => (
              <text key={line} x={10} y={20 + row * 16} className={css.name}>
                {line}
              </text>
            ))}
          </g>
        ))}
      </svg>
    </div>
  );
}
