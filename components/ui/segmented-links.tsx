import clsx from "clsx";
import type { Route } from "next";
import Link from "next/link";

interface Choice {
  readonly href: Route;
  readonly label: string;
  readonly chosen: boolean;
}

/** A choice of one, as links, so that each has an address. */
export function SegmentedLinks({ label, choices }: { label: string; choices: readonly Choice[] }) {
  return (
    <nav aria-label={label} className="bg-sunken inline-flex rounded-lg p-0.5">
      {choices.map(({ href, label: text, chosen }) => (
        <Link
          key={text}
          href={href}
          scroll={false}
          aria-current={chosen ? "true" : undefined}
          className={clsx(
            "rounded-md px-3 py-1.5 text-sm leading-5",
            chosen ? "bg-panel text-ink font-medium shadow-xs" : "text-muted hover:text-ink",
          )}
        >
          {text}
        </Link>
      ))}
    </nav>
  );
}
