import type { Database } from "@/db/client";
import {
  isDatabaseUnavailable,
  isDiskFull,
  isNoFreeConnection,
  isRetryable,
  isStatementTimeout,
} from "@/db/connection-errors";
import type { Failure } from "@/db/queries/lease";
import { AppError } from "@/lib/server/errors";
import type { Log } from "@/lib/server/log";
import type { WorkerTiming } from "./timing";

export interface WorkContext {
  readonly database: Database;
  readonly log: Log;
  readonly timing: WorkerTiming;
  /** The worker is told to stop. */
  readonly stop: AbortSignal;
}

/** A job that a worker has claimed. */
export interface LeasedJob {
  /** Its name in log messages. */
  readonly name: "report" | "import" | "delivery" | "feed";
  /** Added to every log message about it. */
  readonly logged: Readonly<Record<string, unknown>>;
  /** Null when the lease lasts as long as the work may take. */
  readonly heartbeat: Heartbeat | null;
  /**
   * Does the job, and ends it in the transaction that writes its results.
   * @param signal aborted when the worker is told to stop or has lost the job
   * @throws LostJob when the claim no longer holds the job
   */
  work(signal: AbortSignal): Promise<void>;
  /** Whether a failed attempt that may succeed the next time may be followed by another. */
  readonly canRetry: boolean;
  /** Returns the job to its queue. @param counts whether the attempt failed; false when the worker was told to stop */
  returnToQueue(counts: boolean): Promise<unknown>;
  /** Fails the job, or the attempt. @returns false when it had ended */
  fail(failure: Failure): Promise<boolean>;
}

export interface Heartbeat {
  readonly everySeconds: number;
  /** Extends the lease. @returns false when the claim no longer holds the job */
  beat(): Promise<boolean>;
}

/** The claim no longer holds the job: another worker has it, or it was cancelled. Its changes are rolled back. */
export class LostJob extends Error {}

/**
 * Processes a claimed job while extending its lease. A job that is aborted is returned to its queue, and so is one that
 * may succeed the next time; any other failure ends it. A lost job is dropped.
 * @throws the error of an unavailable database: the lease then expires by itself
 */
export async function runLeased({ log, stop }: Pick<WorkContext, "log" | "stop">, job: LeasedJob): Promise<void> {
  const { name, logged } = job;
  const lost = new AbortController();
  const stopHeartbeats = sendHeartbeats(job, lost, log);
  try {
    await job.work(AbortSignal.any([stop, lost.signal]));
  } catch (error) {
    stopHeartbeats();
    if (lost.signal.aborted || error instanceof LostJob) {
      log.warn(logged, `${name} lost`);
    } else if (stop.aborted) {
      await job.returnToQueue(false);
      log.info(logged, `${name} returned to the queue`);
    } else if (isNoFreeConnection(error)) {
      await job.returnToQueue(false);
      throw error;
    } else if (isRetryable(error) && job.canRetry) {
      log.warn({ ...logged, err: error }, `${name} interrupted`);
      await job.returnToQueue(true);
      if (isDatabaseUnavailable(error)) throw error;
    } else {
      const failed = await job.fail(failureOf(error));
      log.error(
        { ...logged, err: error },
        failed ? `${name} failed` : `${name} ended, but what follows its end failed`,
      );
    }
  } finally {
    stopHeartbeats();
  }
}

function sendHeartbeats({ heartbeat, logged }: LeasedJob, lost: AbortController, log: Log): () => void {
  if (heartbeat === null) return () => undefined;
  const beat = async (): Promise<void> => {
    try {
      if (!(await heartbeat.beat())) lost.abort(new LostJob());
    } catch (error) {
      log.warn({ ...logged, err: error }, "heartbeat failed");
    }
  };
  const timer = setInterval(() => void beat(), heartbeat.everySeconds * 1_000);
  return () => {
    clearInterval(timer);
  };
}

function failureOf(error: unknown): Failure {
  if (isDiskFull(error)) {
    return { code: "disk_full", reason: "The database's disk is full. Free some space, then try again." };
  }
  if (error instanceof AppError) return { code: error.code, reason: error.message };
  if (isStatementTimeout(error)) return { code: "timeout", reason: "The database took too long." };
  return { code: "internal", reason: "An internal error occurred. It has been logged." };
}
