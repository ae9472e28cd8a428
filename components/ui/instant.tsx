import { fullTime, utcTime } from "@/lib/format/zoned-time";
import { DateWords } from "./date-words";
import { useUtcClock } from "./reader";

/** An instant in words, with its UTC time on hover and for programs. */
export function Instant({ at, children }: { at: string; children: string }) {
  return (
    <time dateTime={at} title={utcTime(at)}>
      <DateWords>{children}</DateWords>
    </time>
  );
}

/** An instant in UTC: "Wed, Jan 25, 2023, 18:12 UTC". @param named false: where a heading names UTC */
export function UtcInstant({ at, named = true }: { at: string; named?: boolean }) {
  const text = fullTime(at, useUtcClock());
  return <Instant at={at}>{named ? `${text} UTC` : text}</Instant>;
}
