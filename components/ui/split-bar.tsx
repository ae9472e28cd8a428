import clsx from "clsx";
import type { CSSProperties } from "react";
import { reaches } from "./split-reaches";

interface SplitBarProps {
  /** Shares of the whole; what is missing from 1 is closed. */
  readonly up: number;
  readonly down: number;
  readonly unknown: number;
  readonly className?: string;
}

type Reaches = CSSProperties & Partial<Record<"--up" | "--down" | "--all", string>>;

/** The custom properties that `fill-split` draws. Most bars are full, so that is what it draws without the last one. */
export function splitReaches(up: number, down: number, unknown: number): Reaches {
  const [toUp = "", toDown = "", toUnknown = ""] = reaches([up, down, unknown]);
  return { "--up": toUp, "--down": toDown, ...(toUnknown === "100%" ? {} : { "--all": toUnknown }) };
}

/** Up, down and no data side by side. The figures beside it say the same, so it is hidden from screen readers. */
export function SplitBar({ up, down, unknown, className }: SplitBarProps) {
  return (
    <div aria-hidden className={clsx("fill-split rounded-sm", className)} style={splitReaches(up, down, unknown)} />
  );
}
