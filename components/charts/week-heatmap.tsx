import { weekdays, type HeatCell } from "./heatmap-data";

const cell = { width: 30, height: 22, left: 34 };
const size = { width: cell.left + 24 * cell.width, height: 7 * cell.height + 18 };

/** Downtime in steps, so that a glance tells them apart. */
function opacity(downShare: number): number {
  if (downShare === 0) return 0;
  return downShare < 0.05 ? 0.3 : downShare < 0.2 ? 0.5 : downShare < 0.5 ? 0.75 : 1;
}

function Cell({ data }: { data: HeatCell }) {
  const x = cell.left + data.hour * cell.width + 1;
  const y = data.day * cell.height + 1;
  const box = { x, y, width: cell.width - 2, height: cell.height - 2, rx: 2 };
  const shade = opacity(data.downShare);
  if (data.state === "closed") return null;
  return (
    <g>
      <title>{`${data.label}: ${data.text}`}</title>
      {data.state === "unknown" ? (
        <rect {...box} fill="url(#heat-unknown)" />
      ) : (
        <>
          <rect {...box} fill="var(--color-up-soft)" />
          <rect {...box} fill="var(--color-down)" opacity={shade} />
          {data.few && <rect {...box} fill="url(#heat-few)" />}
          <text
            x={x + box.width / 2}
            y={y + 14}
            fontSize="10.5"
            textAnchor="middle"
            fill={shade < 0.5 ? "var(--color-ink)" : "var(--color-on-down)"}
          >
            {data.polls}
          </text>
        </>
      )}
    </g>
  );
}

/** The hours of the local week: the darker, the more downtime; closed is blank. A table says the same. */
export function WeekHeatmap({ cells }: { cells: readonly HeatCell[] }) {
  return (
    <svg
      role="img"
      aria-label="Downtime by hour of the week, with the number of checks"
      viewBox={`0 0 ${String(size.width)} ${String(size.height)}`}
      className="block w-full"
      style={{ forcedColorAdjust: "none" }}
    >
      <defs>
        <pattern id="heat-unknown" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
          <rect width="4" height="4" fill="var(--color-unknown)" />
          <rect width="1" height="4" fill="var(--color-unknown-stripe)" />
        </pattern>
        <pattern id="heat-few" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
          <rect width="1" height="6" fill="var(--color-ink)" opacity="0.3" />
        </pattern>
      </defs>
      {weekdays.map((word, day) => (
        <text key={word} x="0" y={day * cell.height + 15} fontSize="11" fill="var(--color-muted)">
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
