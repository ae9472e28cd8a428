import clsx from "clsx";
import { Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

/** A line above the content. `warn` is for what changes how the figures are to be read. */
export function Notice({ tone = "info", children }: { tone?: "info" | "warn"; children: ReactNode }) {
  const Icon = tone === "warn" ? TriangleAlert : Info;
  return (
    <div
      role="note"
      className={clsx(
        "mb-4 flex items-start gap-2.5 rounded-md border px-3 py-2",
        tone === "warn" ? "border-down bg-down-soft text-down-ink" : "border-line bg-accent-soft text-ink",
      )}
    >
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0">{children}</div>
    </div>
  );
}

/** What an address held that made no sense, one line each. */
export function AddressNotices({ notices }: { notices: readonly string[] }) {
  return notices.map((text) => <Notice key={text}>{text}</Notice>);
}
