/** Every point at which a test can make a process fail. A test kills a process at each of them. */
export const faultPointNames = [
  "migration.locked",
  "migration.applied",
  "polls.merged",
  "polls.committed",
  "response.stored",
  "trigger.queued",
  "import.received",
  "import.queued",
  "import.accepted",
  "import.claimed",
  "import.read",
  "import.merged",
  "import.settled",
  "import.committed",
  "import.undone",
  "report.claimed",
  "report.computed",
  "report.ended",
  "report.written",
  "report.saved",
  "snapshot.written",
  "merge.moved",
  "purge.polls",
  "webhook.claimed",
  "webhook.sent",
  "webhook.ended",
  "page.framed",
  "page.read",
] as const;
export type FaultPointName = (typeof faultPointNames)[number];

declare global {
  // Global, because request handlers are bundled separately from the script that runs them.
  var storeMonitoringFaultHook: ((point: FaultPointName) => Promise<void>) | undefined;
}

/**
 * A point at which a test can make this process fail. It has no effect otherwise: the code that causes failures belongs
 * to the tests (e2e/faults/harness), which load it into the processes that they start.
 */
export async function faultPoint(point: FaultPointName): Promise<void> {
  await globalThis.storeMonitoringFaultHook?.(point);
}
