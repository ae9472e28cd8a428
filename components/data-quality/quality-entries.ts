import type { QualityListName } from "@/lib/contract/data-quality";

export interface QualityEntryText {
  readonly list: QualityListName;
  readonly title: string;
  /** What is made of it. */
  readonly meaning: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** What may be missing in the data or contradict itself, most important first. */
export const qualityEntries: readonly QualityEntryText[] = [
  {
    list: "without_hours",
    title: "Stores without business hours",
    meaning: "Treated as open 24/7, so a closed night counts as downtime or no data.",
    remedy: "Import business hours, one row per opening: store_id, day (0 = Monday), start, end.",
  },
  {
    list: "without_zone",
    title: "Stores without a time zone",
    meaning: "Assumed America/Chicago. Stores elsewhere get the wrong opening times.",
    remedy: "Import time zones: store_id and an IANA name such as America/New_York.",
  },
  {
    list: "without_polls",
    title: "Stores without checks",
    meaning: "Their uptime is unknown and shows as “no data”.",
    remedy: "Check that your poller covers these stores and uses the same IDs.",
  },
  {
    list: "only_in_polls",
    title: "Unrecognised stores",
    meaning: "They have checks, but no hours and no time zone. Their IDs may be mistyped.",
    remedy: "Compare the IDs with your store list. If they are right, import hours and time zones.",
  },
  {
    list: "kept_hours",
    title: "Stores that kept their hours",
    meaning: "The last hours file had a rejected row for each of these stores, so their hours were left unchanged.",
    remedy: "Correct the rejected rows, which the import lists, and import the hours again.",
  },
  {
    list: "shifted_days",
    title: "Stores whose days look shifted",
    meaning: "In the last hours file, some of their days were outside 0 to 6.",
    remedy: "Day 0 is Monday and day 6 is Sunday. If the file counts from 1, lower every day by 1 and import it again.",
  },
  {
    list: "overlapping_nights",
    title: "Nights that overlap the next day",
    meaning: "A night ends after the next day’s hours begin. Their union counts as one opening.",
    remedy: "Check these hours. A night is written once: as 20:00 to 02:00, or as two rows that meet at midnight.",
  },
  {
    list: "single_full_day",
    title: "Stores open around the clock on one day",
    meaning: "The day counts as 24 open hours. Some exports write a closed day as 00:00 to 00:00.",
    remedy: "If the store is closed on that day, import its hours with “closed”.",
  },
  {
    list: "missing_day",
    title: "Stores with hours for six days",
    meaning: "The seventh day counts as closed.",
    remedy: "If the store is open on that day, add its hours. If it is closed, add a row for it with “closed”.",
  },
  {
    list: "conflicts",
    title: "Conflicting checks",
    meaning: "Two checks of a store at the same time disagree. Offline counts.",
    remedy: "Two pollers or exports may cover the same stores. Undo the wrong import.",
  },
  {
    list: "future_polls",
    title: "Checks dated in the future",
    meaning: "A clock was wrong when they were sent. They don’t count until that time.",
    remedy: "Fix your poller’s clock, then remove these checks. You can undo a removal for one day.",
  },
];
