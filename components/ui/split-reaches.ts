/** The least of a part that can be seen, in pixels: a short outage must not vanish beside a week. */
const minPx = 3;
/** No bar is so narrow that such a share of it could not be seen. */
const ampleShare = 0.05;

const inPercent = (share: number) => `${String(Math.round(Math.min(1, share) * 10_000) / 100)}%`;

/**
 * How far each part of a bar reaches from its left end, as a length of CSS; what there is of a part can be seen.
 * @param shares of the whole, side by side, at most 1 together
 */
export function reaches(shares: readonly number[]): string[] {
  const isAmple = shares.every((share) => share <= 0 || share >= ampleShare);
  let sum = 0;
  let before = "0%";
  return shares.map((share, index) => {
    if (share <= 0) return before;
    sum += share;
    if (isAmple) return (before = inPercent(sum));
    const later = shares.slice(index + 1).filter((one) => one > 0).length;
    const end = later === 0 ? inPercent(sum) : `min(${inPercent(sum)}, 100% - ${String(later * minPx)}px)`;
    return (before = `max(${before} + ${String(minPx)}px, ${end})`);
  });
}
