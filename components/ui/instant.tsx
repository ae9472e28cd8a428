import { utcTime } from "@/lib/format/zoned-time";

/** An instant in words, with its UTC time on hover and for programs. */
export function Instant({ at, children }: { at: string; children: string }) {
  return (
    <time dateTime={at} title={utcTime(at)}>
      {children}
    </time>
  );
}
