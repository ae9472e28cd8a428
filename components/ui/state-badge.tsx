import clsx from "clsx";
import type { LucideIcon } from "lucide-react";

const tones = {
  waiting: "border-dashed border-line-strong text-muted",
  busy: "border-transparent bg-accent-soft text-accent",
  good: "border-transparent bg-up-soft text-up-ink",
  bad: "border-down bg-down-soft text-down-ink",
  ended: "border-line bg-sunken text-muted",
} as const;

export type BadgeTone = keyof typeof tones;

interface StateBadgeProps {
  readonly tone: BadgeTone;
  readonly icon: LucideIcon;
  readonly children: string;
}

/** A state by word, icon, colour and border. */
export function StateBadge({ tone, icon: Icon, children }: StateBadgeProps) {
  return (
    <span
      className={clsx(
        "inline-flex items-center gap-1.5 rounded-full border px-2 py-0.5 text-xs font-medium whitespace-nowrap",
        tones[tone],
      )}
    >
      <Icon aria-hidden className="size-3.5" />
      {children}
    </span>
  );
}
