const width = 600;
const opens = 9 * 60;
const closes = 12 * 60;

/** Where a time of day stands, in minutes after midnight. */
function x(minutes: number): number {
  return ((minutes - opens) / (closes - opens)) * (width - 40) + 20;
}

const change = 10 * 60 + 44.5;
const polls = [
  { at: 10 * 60 + 14, label: "10:14 online", filled: true },
  { at: 11 * 60 + 15, label: "11:15 offline", filled: false },
];

/** The example of the definition: open from 9 to 12, online at 10:14, offline at 11:15. */
export function MethodExample() {
  return (
    <svg
      viewBox={`0 0 ${String(width)} 120`}
      role="img"
      aria-label="A timeline from 9:00 to 12:00. Up until 10:44:30, the midpoint between the 10:14 check (online) and the 11:15 check (offline); down from there to 12:00."
      className="border-line bg-panel rounded-panel w-full border"
      style={{ forcedColorAdjust: "none" }}
    >
      <defs>
        <pattern id="example-down" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="6" height="6" fill="var(--color-down)" />
          <rect width="1.5" height="6" fill="var(--color-down-stripe)" />
        </pattern>
      </defs>
      <rect x={x(opens)} y={44} width={x(change) - x(opens) - 1} height={28} fill="var(--color-up)" />
      <rect x={x(change)} y={44} width={x(closes) - x(change)} height={28} fill="url(#example-down)" />
      <g fontSize="12" fill="var(--color-ink)" textAnchor="middle">
        {polls.map(({ at, label, filled }) => (
          <g key={label}>
            <line x1={x(at)} x2={x(at)} y1={28} y2={72} stroke="var(--color-ink)" strokeWidth="1.5" />
            <circle
              cx={x(at)}
              cy={28}
              r="4"
              stroke="var(--color-ink)"
              strokeWidth="1.5"
              fill={filled ? "var(--color-ink)" : "var(--color-panel)"}
            />
            <text x={x(at)} y={17}>
              {label}
            </text>
          </g>
        ))}
        <text x={x(change)} y={108} fill="var(--color-muted)">
          midpoint, 10:44:30
        </text>
      </g>
      <line x1={x(change)} x2={x(change)} y1={72} y2={95} stroke="var(--color-muted)" strokeDasharray="3 3" />
      <g fontSize="12" fill="var(--color-muted)">
        <text x={x(opens)} y={90}>
          9:00
        </text>
        <text x={x(closes)} y={90} textAnchor="end">
          12:00
        </text>
      </g>
    </svg>
  );
}
