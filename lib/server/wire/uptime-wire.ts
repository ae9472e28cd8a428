import { coverage, uptimeRatio } from "@/lib/uptime/estimate";
import type { Bucket as WireBucket, Estimate, Segment } from "@/lib/contract/uptime";
import { isoInstant } from "./instants";
import type { Bucket } from "@/lib/uptime/buckets";
import type { ExplainedSegment } from "@/lib/uptime/explain";
import type { Poll, UptimeEstimate } from "@/lib/uptime/types";

/** An estimate in wire format. */
export function toEstimate(estimate: UptimeEstimate): Estimate {
  return {
    open_ms: estimate.openMs,
    up_ms: estimate.upMs,
    down_ms: estimate.downMs,
    unknown_ms: estimate.unknownMs,
    up_lowest_ms: estimate.upLowestMs,
    up_highest_ms: estimate.upHighestMs,
    polls: estimate.polls,
    uptime_ratio: uptimeRatio(estimate),
    coverage: coverage(estimate),
  };
}

export function toBucket(bucket: Bucket): WireBucket {
  return {
    start: isoInstant(bucket.start),
    end: isoInstant(bucket.end),
    open_ms: bucket.openMs,
    up_ms: bucket.upMs,
    down_ms: bucket.downMs,
    unknown_ms: bucket.unknownMs,
  };
}

function toPoll({ at, status }: Poll): { at: string; status: Poll["status"] } {
  return { at: isoInstant(at), status };
}

export function toSegment(segment: ExplainedSegment): Segment {
  return {
    start: isoInstant(segment.start),
    end: isoInstant(segment.end),
    state: segment.state,
    poll: segment.poll === null ? null : toPoll(segment.poll),
    rule: segment.rule,
    starts_at: segment.startsAt,
    ends_at: segment.endsAt,
  };
}

/** The figures to compare with: null when nothing was known, because a change against nothing means nothing. */
export function toPrevious(estimate: UptimeEstimate): Estimate | null {
  return estimate.upMs + estimate.downMs === 0 ? null : toEstimate(estimate);
}
