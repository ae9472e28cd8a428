"use client";

import { Notice } from "@/components/ui/notice";
import { useNow } from "@/components/ui/clock";
import { formatDuration } from "@/lib/format/duration";
import { isStale } from "./state-text";

interface DataAgeBannerProps {
  readonly asOf: string;
  /** `asOf` in words, in the zone of the page. */
  readonly asOfText: string;
  readonly renderedAt: number;
}

/** Says that the data is old where it is; nothing else. */
export function DataAgeBanner({ asOf, asOfText, renderedAt }: DataAgeBannerProps) {
  const now = useNow(renderedAt);
  if (!isStale(asOf, now)) return null;
  return (
    <Notice tone="warn">
      <strong className="font-semibold">No checks have arrived for {formatDuration(now - Date.parse(asOf))}.</strong>{" "}
      Figures are as of {asOfText}. Nothing is known after that.
    </Notice>
  );
}
