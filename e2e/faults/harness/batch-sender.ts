import { setTimeout as pause } from "node:timers/promises";
import { type Answer, send } from "./client";
import type { History, SentPoll } from "./history";

/** Sends batches of polls, all different. */
export class BatchSender {
  #batches = 0;

  constructor(private readonly origin: () => string) {}

  nextBatch(count: number): SentPoll[] {
    const batch = ++this.#batches;
    return Array.from({ length: count }, (_, i) => {
      const at = new Date(Date.UTC(2023, 0, 24) + batch * 1_000 + i).toISOString();
      return { store_id: `sent-${i % 5}`, at, status: "active" };
    });
  }

  /** Sends batches until told to stop, repeating each until it is acknowledged. @returns all responses */
  async keepSending(history: History, stop: { now: boolean }): Promise<Answer[]> {
    const answers: Answer[] = [];
    while (!stop.now) {
      const polls = this.nextBatch(20);
      const operation = { kind: "polls", polls } as const;
      const op = history.invoke(operation);
      const key = `batch-${this.#batches}`;
      for (;;) {
        const answer = await send(`${this.origin()}/api/v1/polls`, { body: { polls }, key, timeoutMs: 20_000 });
        answers.push(answer);
        if (answer.status === 200) break;
        await pause(50);
      }
      history.outcome("ok", op, operation);
    }
    return answers;
  }
}
