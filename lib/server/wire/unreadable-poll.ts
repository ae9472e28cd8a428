/** Stands in a batch for a poll that is not even JSON: http reads batches, polls judges them. */
export class UnreadablePoll {
  /** @param detail what is wrong, in a sentence */
  constructor(
    readonly code: string,
    readonly detail: string,
  ) {}
}
