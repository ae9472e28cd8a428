/** The longest time, in ms, for which the web server's event loop was blocked since the last call; NaN if unknown. */
export async function longestBlockMs(port: number): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${port}/metrics`);
  const seconds = /^nodejs_eventloop_lag_max_seconds (\S+)$/m.exec(await response.text())?.[1];
  return Number(seconds ?? Number.NaN) * 1_000;
}
