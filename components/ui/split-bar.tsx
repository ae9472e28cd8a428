import clsx from "clsx";

interface SplitBarProps {
  /** Shares of the whole; what is missing from 1 is closed. */
  readonly up: number;
  readonly down: number;
  readonly unknown: number;
  readonly className?: string;
}

/** Up, down and no data side by side. The figures beside it say the same, so it is hidden from screen readers. */
export function SplitBar({ up, down, unknown, className }: SplitBarProps) {
  const parts = [
    { name: "up", share: up, fill: "fill-state-up" },
    { name: "down", share: down, fill: "fill-state-down" },
    { name: "unknown", share: unknown, fill: "fill-state-unknown" },
  ];
  return (
    <div aria-hidden className={clsx("bg-panel border-line flex gap-px overflow-hidden rounded-sm border", className)}>
      {parts
        .filter(({ share }) => share > 0)
        .map(({ name, share, fill }) => (
          // The least share that can be seen: a short outage must not vanish beside a week.
          <div key={name} className={clsx("min-w-[3px]", fill)} style={{ width: `${(share * 100).toFixed(3)}%` }} />
        ))}
    </div>
  );
}
