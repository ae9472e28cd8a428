/** The median; the mean of the two middle values for an even number. @throws Error without values */
export function median(values: readonly number[]): number {
  const ascending = values.toSorted((a, b) => a - b);
  const half = ascending.length / 2;
  const low = ascending[Math.ceil(half) - 1];
  const high = ascending[Math.floor(half)];
  if (low === undefined || high === undefined) throw new Error("There is no median without values.");
  return (low + high) / 2;
}

/** The smallest value that at least `share` of the values do not exceed (nearest rank). @throws Error without values */
export function percentile(values: readonly number[], share: number): number {
  const ascending = values.toSorted((a, b) => a - b);
  const value = ascending[Math.max(0, Math.ceil(share * ascending.length) - 1)];
  if (value === undefined) throw new Error("There is no percentile without values.");
  return value;
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const since = performance.now();
  await work();
  return performance.now() - since;
}
