/** Takes the place of a poll that is not valid JSON in a batch: http reads batches, polls validates them. */
export class UnreadablePoll {
  /** @param detail what is wrong, in a sentence */
  constructor(
    readonly code: string,
    readonly detail: string,
  ) {}
}
