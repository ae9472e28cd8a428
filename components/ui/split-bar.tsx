import clsx from "clsx";
import { reaches } from "./split-reaches";

interface SplitBarProps {
  /** Shares of the whole; what is missing from 1 is closed. */
  readonly up: number;
  readonly down: number;
  readonly unknown: number;
  readonly className?: string;
}

/** Up, down and no data side by side. The figures beside it say the same, so it is hidden from screen readers. */
export function SplitBar({ up, down, unknown, className }: SplitBarProps) {
  const backgroundSize = reaches([up, down, unknown])
    .map((end) => `${end} 100%`)
    .join();
  return <div aria-hidden className={clsx("fill-split rounded-sm", className)} style={{ backgroundSize }} />;
}
