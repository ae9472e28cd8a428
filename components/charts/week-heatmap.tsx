import { weekdays, type HeatCell } from "./heatmap-data";

const cell = { width: 30, height: 20, left: 34, top: 0 };
const size = { width: cell.left + 24 * cell.width, height: 7 * cell.height + 18 };

/** Down time in steps, so that a glance tells them apart. */
function opacity(downShare: number): number {
  if (downShare === 0) return 0;
  return downShare < 0.05 ? 0.3 : downShare < 0.2 ? 0.55 : downShare < 0.5 ? 0.78 : 1;
}

function Cell({ data }: { data: HeatCell }) {
  const box = {
    x: cell.left + data.hour * cell.width + 1,
    y: cell.top + data.day * cell.height + 1,
    width: cell.width - 2,
    height: cell.height - 2,
    rx: 2,
  };
  if (data.state === "closed") return null;
  return (
    <g>
      <title>{`${data.label}: ${data.text}`}</title>
      {data.state === "unknown" ? (
        <rect {...box} fill="url(#heat-unknown)" />
      ) : (
        <>
          <rect {...box} fill="var(--color-up-soft)" />
          <rect {...box} fill="var(--color-down)" opacity={opacity(data.downShare)} />
          {data.few && <rect {...box} fill="url(#heat-few)" />}
        </>
      )}
    </g>
  );
}

/** The hours of the local week: the darker, the more down time; closed is blank. A table says the same. */
export function WeekHeatmap({ cells }: { cells: readonly HeatCell[] }) {
  return (
    <svg
      role="img"
      aria-label="Share of down time in each hour of the week"
      viewBox={`0 0 ${String(size.width)} ${String(size.height)}`}
      className="block w-full"
      style={{ forcedColorAdjust: "none" }}
    >
      <defs>
        <pattern id="heat-unknown" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
          <rect width="4" height="4" fill="var(--color-unknown)" />
          <rect width="1" height="4" fill="var(--color-unknown-stripe)" />
        </pattern>
        <pattern id="heat-few" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
          <rect width="1" height="5" fill="var(--color-ink)" opacity="0.45" />
        </pattern>
      </defs>
      {weekdays.map((word, day) => (
        <text key={word} x="0" y={day * cell.height + 14} fontSize="11" fill="var(--color-muted)">
          {word}
        </text>
      ))}
      {cells.map((data) => (
        <Cell key={data.label} data={data} />
      ))}
      {[0, 3, 6, 9, 12, 15, 18, 21].map((hour) => (
        <text
          key={hour}
          x={cell.left + hour * cell.width + 1}
          y={size.height - 4}
          fontSize="11"
          fill="var(--color-muted)"
        >
          {String(hour).padStart(2, "0")}
        </text>
      ))}
    </svg>
  );
}
