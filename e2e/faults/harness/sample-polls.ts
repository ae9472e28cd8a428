/** A file of polls of twenty stores, a second apart. */
export function pollsCsv(prefix: string, rows: number): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    return `${prefix}-${i % 20},active,${new Date(Date.UTC(2023, 0, 24) + i * 1_000).toISOString()}\n`;
  });
  return `store_id,status,timestamp_utc\n${lines.join("")}`;
}

/** Live polls of a store, at minutes of one hour; those at even minutes are active. */
export const pollsOf = (store: string, ...minutes: number[]) => ({
  polls: minutes.map((minute) => ({
    store_id: store,
    at: new Date(Date.UTC(2023, 0, 25, 12, minute)).toISOString(),
    status: minute % 2 === 0 ? "active" : "inactive",
  })),
});
