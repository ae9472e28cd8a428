"use client";

import { useQuery } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
import { usePathname } from "next/navigation";
import { isUnanswered } from "@/lib/client/fetch-json";
import { statusQueries } from "@/lib/client/status-queries";
import { statusText } from "./status-text";

/**
 * Warns above every page: no worker computes figures, the data is old, the server does not respond. Empty while all is
 * well. Screen readers announce a change when they have finished reading.
 */
export function StatusStrip() {
  const pathname = usePathname();
  const { data, error, dataUpdatedAt, errorUpdatedAt } = useQuery(statusQueries.now());
  const words = statusText({
    status: data ?? null,
    failed: isUnanswered(error),
    now: Math.max(dataUpdatedAt, errorUpdatedAt),
    pathname,
  });
  return (
    <div role="status" aria-label="Service">
      {words.length > 0 && (
        <div className="border-down bg-down-soft text-down-ink border-b">
          <ul className="mx-auto flex max-w-7xl flex-col gap-1 px-4 py-2 text-sm sm:px-6">
            {words.map((text) => (
              <li key={text} className="flex items-start gap-2.5">
                <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
                <span className="min-w-0">{text}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
