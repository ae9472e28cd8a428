/** How well a range of an `Accept` header fits a media type, and the quality that the header gives it. */
interface Fit {
  /** 3: the type itself; 2: `text/*`; 1: any; 0: none. */
  readonly closeness: number;
  readonly quality: number;
}

/** Type, subtype and quality of each range; null when the header is not a list of ranges. */
function rangesOf(header: string): readonly (readonly [string, string, number])[] | null {
  const ranges: [string, string, number][] = [];
  for (const one of header.toLowerCase().split(",")) {
    if (one.trim() === "") continue;
    const match = /^\s*([!#$%&'*+.^_`|~0-9a-z-]+)\/([!#$%&'*+.^_`|~0-9a-z-]+)\s*(;.*)?$/.exec(one);
    const quality = /;\s*q\s*=\s*(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)\s*(?:;|$)/.exec(match?.[3] ?? "");
    if (match === null) return null;
    ranges.push([match[1] ?? "", match[2] ?? "", quality === null ? 1 : Number(quality[1])]);
  }
  return ranges.length === 0 ? null : ranges;
}

/**
 * The quality of a media type (RFC 9110, 12.5.1), from 0 (not accepted) to 1. It is 1 without a header and for a
 * malformed one.
 * @param mediaType in lower case, without parameters
 */
export function acceptQuality(header: string | null, mediaType: string): number {
  const ranges = header === null ? null : rangesOf(header);
  if (ranges === null) return 1;
  const [type, subtype] = mediaType.split("/");
  let best: Fit = { closeness: 0, quality: 0 };
  for (const [rangeType, rangeSubtype, quality] of ranges) {
    const fits =
      (rangeType === "*" && rangeSubtype === "*") || (rangeType === type && ["*", subtype].includes(rangeSubtype));
    const closeness = !fits ? 0 : rangeType === "*" ? 1 : rangeSubtype === "*" ? 2 : 3;
    if (closeness > best.closeness || (closeness === best.closeness && quality > best.quality)) {
      best = { closeness, quality };
    }
  }
  return best.closeness === 0 ? 0 : best.quality;
}
