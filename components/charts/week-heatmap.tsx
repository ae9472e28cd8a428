import { dateLanguage } from "@/lib/format/language-parts";
import { hourOfDay, type TimeStyle } from "@/lib/format/time-style";
import { heatSteps, opacityOf, openHours, shadeOf, textColorOf, weekdaysOf, type HeatCell } from "./heatmap-data";

const left = 40;
const width = left + 24 * 30;
const rowHeight = 22;
const widestCell = 60;

interface CellProps {
  readonly data: HeatCell;
  readonly x: number;
  readonly cellWidth: number;
}

function Cell({ data, x, cellWidth }: CellProps) {
  const box = { x: x + 1, y: data.day * rowHeight + 1, width: cellWidth - 2, height: rowHeight - 2, rx: 2 };
  const opacity = opacityOf(data.coverage);
  const shade = shadeOf(data.uptime);
  if (data.state === "closed") return null;
  return (
    <g>
      <title>{`${data.label}: ${data.text}`}</title>
      {data.state === "unknown" && <rect {...box} fill="url(#heat-unknown)" />}
      {data.state === "few" && (
        <rect {...box} fill="var(--color-panel)" stroke="var(--color-line-strong)" strokeDasharray="2 2" />
      )}
      {data.state === "known" && (
        <>
          <g opacity={opacity}>
            <rect {...box} fill="var(--color-up-soft)" />
            <rect {...box} fill="var(--color-down)" opacity={shade} />
          </g>
          <text
            x={x + cellWidth / 2}
            y={box.y + 14}
            fontSize="10.5"
            textAnchor="middle"
            fill={`var(${textColorOf(shade, opacity)})`}
          >
            {/* Rounded down, as every uptime: one failure is never 100. */}
            {Math.floor(data.uptime * 100)}
          </text>
        </>
      )}
    </g>
  );
}

/** Where the hour labels go: each third hour of the day, counted from the first one shown. */
function labelledHours(from: number, to: number): readonly number[] {
  const step = to - from > 12 ? 3 : 2;
  return Array.from({ length: Math.ceil((to - from) / step) }, (_, index) => from + index * step);
}

/** Uptime in each opening hour of the local week; closed is blank. A table says the same. */
export function WeekHeatmap({ cells, style }: { cells: readonly HeatCell[]; style: TimeStyle }) {
  const { from, to } = openHours(cells);
  const cellWidth = Math.min(widestCell, (width - left) / (to - from));
  const height = 7 * rowHeight + 18;
  const xOf = (hour: number): number => left + (hour - from) * cellWidth;
  return (
    <svg
      role="img"
      aria-label="Uptime by hour of the week, in percent"
      viewBox={`0 0 ${String(width)} ${String(height)}`}
      className="block w-full"
      style={{ forcedColorAdjust: "none" }}
    >
      <defs>
        <pattern id="heat-unknown" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
          <rect width="4" height="4" fill="var(--color-unknown)" />
          <rect width="1" height="4" fill="var(--color-unknown-stripe)" />
        </pattern>
      </defs>
      {weekdaysOf(style).map((word, day) => (
        <text
          key={word}
          lang={dateLanguage(style)}
          x="0"
          y={day * rowHeight + 15}
          fontSize="11"
          fill="var(--color-muted)"
        >
          {word}
        </text>
      ))}
      {cells
        .filter(({ hour }) => hour >= from && hour < to)
        .map((data) => (
          <Cell key={data.label} data={data} x={xOf(data.hour)} cellWidth={cellWidth} />
        ))}
      {labelledHours(from, to).map((hour) => (
        <text key={hour} x={xOf(hour) + 1} y={height - 4} fontSize="11" fill="var(--color-muted)">
          {hourOfDay(hour, style)}
        </text>
      ))}
    </svg>
  );
}

/** What the colours of the pattern mean. */
export function HeatLegend() {
  return (
    <ul aria-label="Uptime" className="text-muted flex flex-wrap gap-x-3 gap-y-1 text-xs">
      {heatSteps.map(({ text, shade }, index) => (
        <li key={text} className="flex items-center gap-1.5">
          <span
            aria-hidden
            className="bg-up-soft border-line-strong relative size-3 overflow-hidden rounded-xs border"
            style={{ forcedColorAdjust: "none" }}
          >
            <span className="bg-down absolute inset-0" style={{ opacity: shade }} />
          </span>
          {index === 0 ? text : index === heatSteps.length - 1 ? "Below 50%" : `${text} or more`}
        </li>
      ))}
      <li className="flex items-center gap-1.5">
        <span aria-hidden className="border-line-strong size-3 rounded-xs border border-dashed" />
        Fewer than 3 checks
      </li>
      <li className="flex items-center gap-1.5">
        <span aria-hidden className="fill-state-unknown border-line-strong size-3 rounded-xs border" />
        No data
      </li>
    </ul>
  );
}
