import type { QualityListName } from "@/lib/contract/data-quality";

export interface QualityEntryText {
  readonly list: QualityListName;
  readonly title: string;
  /** What is made of it. */
  readonly meaning: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** What may be missing in the data or contradict itself, in the order of how much hangs on it. */
export const qualityEntries: readonly QualityEntryText[] = [
  {
    list: "without_hours",
    title: "Stores without business hours",
    meaning: "They are taken for open round the clock, so a closed night counts as down or as no data.",
    remedy: "Import business hours with a row for each opening: store_id, day (0 is Monday), start, end.",
  },
  {
    list: "without_zone",
    title: "Stores without a time zone",
    meaning: "They are taken for stores in America/Chicago: elsewhere their hours lie at the wrong time.",
    remedy: "Import time zones: store_id and an IANA name such as America/New_York.",
  },
  {
    list: "without_polls",
    title: "Stores without checks",
    meaning: "Nothing is known of them; their figures are “no data”.",
    remedy: "See whether whatever checks stores knows these ids, and whether they are spelled the same there.",
  },
  {
    list: "only_in_polls",
    title: "Unrecognised stores",
    meaning: "Neither hours nor a zone came for them: their ids may be mistyped.",
    remedy: "Compare the ids with your list of stores. If they are right, import their hours and zones.",
  },
  {
    list: "conflicts",
    title: "Conflicting checks",
    meaning: "Checks of one store at one instant said both online and offline; offline counted.",
    remedy: "Two pollers or two exports may cover the same stores. Undo the import that is wrong.",
  },
  {
    list: "future_polls",
    title: "Checks dated in the future",
    meaning: "They were accepted while a clock was wrong. They do not count until their time comes.",
    remedy: "Correct the clock of your poller, then remove these checks here. You can undo a removal for one day.",
  },
];
