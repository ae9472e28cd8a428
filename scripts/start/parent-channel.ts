import { log } from "@/lib/server/log";

/** Messages of a child of `npm start`. */
export type ChildMessage = { readonly ready: { readonly port?: number } } | { readonly failed: string };

/** Sends a message to `npm start`, if it is our parent. */
export function sendToParent(message: ChildMessage): void {
  process.send?.(message);
}

/**
 * Shuts this process down on SIGTERM, and on Ctrl-C unless `npm start` is the parent, which then sends SIGTERM itself.
 * The second signal ends it at once, and so does the death of `npm start`, because the database goes with it.
 * @param stop resolves when all work has ended
 */
export function onStop(stop: () => Promise<void>): void {
  let stopping = false;
  const end = () => {
    if (stopping) process.exit(1);
    stopping = true;
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, "did not shut down cleanly");
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", end);
  process.on("SIGINT", () => {
    if (!process.connected) end();
  });
  process.on("disconnect", () => process.exit(1));
  process.on("unhandledRejection", (error) => {
    log.error({ err: error }, "unhandled promise rejection");
  });
  process.on("uncaughtException", (error) => {
    log.fatal({ err: error }, "the process cannot continue");
    process.exit(1);
  });
}
