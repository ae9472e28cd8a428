interface ProgressBarProps {
  readonly label: string;
  /** 0 to 1; null while the end is not known. */
  readonly value: number | null;
  /** The same in words: "120 of 200 stores". */
  readonly text: string;
}

export function ProgressBar({ label, value, text }: ProgressBarProps) {
  const percent = value === null ? undefined : Math.floor(value * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={text}
      className="bg-sunken border-line-strong h-2 overflow-hidden rounded-full border"
    >
      <div className="bg-accent h-full" style={{ width: `${String(percent ?? 0)}%`, forcedColorAdjust: "none" }} />
    </div>
  );
}
