/** Why a text cannot be read as a calendar, with the remedy. Nothing of the text counts. */
export class CalendarFault extends Error {
  /** Physical line, from 1. */
  readonly line: number;

  constructor(line: number, reason: string) {
    super(`Line ${String(line)}: ${reason}`);
    this.name = "CalendarFault";
    this.line = line;
  }
}

/** Why one event cannot be read: it is left out, and the others count. */
export class EventFault extends Error {
  readonly line: number;

  constructor(line: number, reason: string) {
    super(reason);
    this.name = "EventFault";
    this.line = line;
  }
}
