import clsx from "clsx";
import type { Route } from "next";
import Link from "next/link";

interface Choice {
  /** Null while it cannot be chosen yet. */
  readonly href: Route | null;
  readonly label: string;
  readonly chosen: boolean;
  /** Called when it is chosen, before the address changes. */
  readonly onChoose?: () => void;
}

/**
 * A choice of one, as links, so that each has an address. None is fetched before it is chosen: what can be had ahead of
 * a page made at request time is next to nothing, and each would cost the server a page.
 */
export function SegmentedLinks({ label, choices }: { label: string; choices: readonly Choice[] }) {
  return (
    <nav aria-label={label} className="bg-sunken inline-flex flex-wrap rounded-lg p-0.5">
      {choices.map(({ href, label: text, chosen, onChoose }) => {
        const look = clsx(
          "rounded-md px-3 py-1.5 text-sm leading-5",
          chosen ? "bg-panel text-ink font-medium shadow-xs" : "text-muted hover:text-ink",
        );
        return href === null ? (
          <span key={text} className={look}>
            {text}
          </span>
        ) : (
          <Link
            key={text}
            href={href}
            scroll={false}
            prefetch={false}
            onClick={onChoose}
            aria-current={chosen ? "true" : undefined}
            className={look}
          >
            {text}
          </Link>
        );
      })}
    </nav>
  );
}
