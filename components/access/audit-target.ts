import { targetText } from "./audit-text";

/** Kinds of targets that are too many to list, with what tells one of them from the others. */
export const numberedTargets = [
  { kind: "store:", label: "Store", idLabel: "Target store" },
  { kind: "import:", label: "Import", idLabel: "Import number" },
  { kind: "report:", label: "Report", idLabel: "Report number" },
  { kind: "webhook:", label: "Webhook", idLabel: "Webhook number" },
] as const;

/** A target as it is chosen: one of the list, or a kind and which of it. */
interface ChosenTarget {
  /** `person:7`, `store:`; empty for all targets. */
  readonly choice: string;
  readonly id: string;
}

/** How a filter's value is chosen. */
export function chosenTarget(subject: string | null): ChosenTarget {
  const numbered = numberedTargets.find(({ kind }) => subject?.startsWith(kind));
  if (subject === null || numbered === undefined) return { choice: subject ?? "", id: "" };
  return { choice: numbered.kind, id: subject.slice(numbered.kind.length) };
}

/** The filter's value; empty where a kind is chosen, but not yet which of it. */
export function subjectOf({ choice, id }: ChosenTarget): string {
  if (numberedTargets.every(({ kind }) => kind !== choice)) return choice;
  return id.trim() === "" ? "" : `${choice}${id.trim()}`;
}

/** A value that is not among the choices, in words: "invite 12". */
export function unlistedText(subject: string): string {
  return targetText({ subject, subject_name: null });
}
