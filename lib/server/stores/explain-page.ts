import type { Segment } from "@/lib/contract/uptime";
import { toSegment } from "@/lib/server/wire/uptime-wire";
import { explainInSlices } from "@/lib/uptime/explain";
import { mapInSlices, type Sliced } from "@/lib/uptime/sliced";
import type { EpochMs, Interval, PackedPolls } from "@/lib/uptime/types";
import { defaultReachMs } from "@/lib/uptime/windows";

/** Maximum number of segments in a response: about 2 MB of JSON. */
const maxSegments = 10_000;

/** The explanation part of a response. */
export interface ExplainedPage {
  readonly segments: Segment[];
  /** Where the next page starts; null: this is the last. */
  readonly next: EpochMs | null;
}

/** The segments of a window from an instant on, up to the maximum. */
export function* explainPage(
  { open, polls }: { readonly open: readonly Interval[]; readonly polls: PackedPolls },
  window: Interval,
  from: EpochMs,
): Sliced<ExplainedPage> {
  const wanted = { from, limit: maxSegments + 1 };
  const segments = yield* explainInSlices(open, polls, defaultReachMs, window, wanted);
  return {
    segments: yield* mapInSlices(segments.slice(0, maxSegments), toSegment),
    next: segments[maxSegments]?.start ?? null,
  };
}
