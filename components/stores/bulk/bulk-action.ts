import { faultOf, toHours } from "@/components/stores/edit/hours-draft";
import { draftOf, type HoursFields } from "@/components/stores/edit/hours-fields";
import type { AccessLevel } from "@/lib/contract/enums";
import type { StoresChanged } from "@/lib/contract/store-changes";

/** What can be changed of several stores at once. */
export const bulkActions = [
  ...(["pause", "resume", "retire", "set_hours", "set_group", "set_brand", "add_tag", "remove_tag"] as const),
  "set_access",
] as const;
export type BulkAction = (typeof bulkActions)[number];

export const bulkActionText: Record<BulkAction, string> = {
  pause: "Pause",
  resume: "Resume",
  retire: "Retire",
  set_hours: "Set weekly hours",
  set_group: "Set group",
  set_brand: "Set brand",
  add_tag: "Add tag",
  remove_tag: "Remove tag",
  set_access: "Set user access",
};

/** What follows from an action, one line. */
export const bulkActionHint: Record<BulkAction, string> = {
  pause: "Checks are stored, but the stores are not counted in the fleet’s figures, states and reports.",
  resume: "The stores are counted and listed again.",
  retire: "The stores are neither counted nor listed. Their data is kept, and they can be resumed.",
  set_hours: "Replaces the weekly hours of each store, in its own time zone. Special hours are kept.",
  set_group: "People with access to the group will see these stores. Leave empty to clear the group.",
  set_brand: "Leave empty to clear the brand.",
  add_tag: "Existing tags are kept.",
  remove_tag: "The stores keep their other tags.",
  set_access: "Saving signs the user out everywhere. Access to groups stays as it is.",
};

/** What the fields of all actions have; what was entered for one action stays while another is looked at. */
export interface BulkValues {
  /** A group, brand or tag as it was typed. */
  readonly text: string;
  readonly hours: HoursFields;
  /** Empty while no user is chosen. */
  readonly personId: string;
  readonly level: AccessLevel;
}

/** What an action takes a text for; null where it takes none. */
export function fieldOf(action: BulkAction): "group" | "brand" | "tag" | null {
  if (action === "set_group") return "group";
  if (action === "set_brand") return "brand";
  return action === "add_tag" || action === "remove_tag" ? "tag" : null;
}

function hoursOf({ hours }: BulkValues) {
  const { business_hours: rows, valid_from: from } = toHours(draftOf(hours));
  return { business_hours: rows, ...(from === undefined ? {} : { valid_from: from }) };
}

/** Whether nothing is missing or wrong in the fields of an action. */
export function isComplete(action: BulkAction, { text, hours, personId }: BulkValues): boolean {
  if (action === "set_access") return personId !== "";
  // A store may have no brand or group, but a tag has a name.
  if (action !== "set_hours") return fieldOf(action) !== "tag" || text.trim() !== "";
  const isWeekRight = hours.isAlways || hours.week.every((openings) => faultOf(openings) === null);
  return isWeekRight && (hours.isFromStart || hours.date !== "");
}

/** An action as the API takes it. */
export function toChange(action: BulkAction, values: BulkValues) {
  const label = values.text.trim();
  switch (action) {
    case "pause":
      return { lifecycle: "paused" as const };
    case "resume":
      return { lifecycle: "active" as const };
    case "retire":
      return { lifecycle: "retired" as const };
    case "set_hours":
      return hoursOf(values);
    case "set_group":
      return { group: label === "" ? null : label };
    case "set_brand":
      return { brand: label === "" ? null : label };
    case "add_tag":
      return { add_tags: [label] };
    case "remove_tag":
      return { remove_tags: [label] };
    case "set_access":
      return { access: { person_id: Number(values.personId), level: values.level } };
  }
}

/** "1 store", "2,000 stores" */
export function storesText(count: number): string {
  return count === 1 ? "1 store" : `${count.toLocaleString("en-US")} stores`;
}

/** What a change does or did: "12 stores will change. 3 stores need no change. 1 can’t be changed." */
export function outcomeText({ dry_run: isDry, changed, unchanged, refused }: Omit<StoresChanged, "results">): string {
  const said = [`${storesText(changed)} ${isDry ? "will change" : "changed"}.`];
  if (unchanged > 0) said.push(`${storesText(unchanged)} ${unchanged === 1 ? "needs" : "need"} no change.`);
  if (refused > 0) said.push(`${storesText(refused)} can’t be changed.`);
  return said.join(" ");
}

/** The stores that a preview says will change: only these are sent, even if the filter matches others by then. */
export function changedIds({ results }: Pick<StoresChanged, "results">): string[] {
  return results.filter(({ result }) => result === "changed").map(({ store_id: storeId }) => storeId);
}

type Refusal = NonNullable<StoresChanged["results"][number]["code"]>;

export const refusalText: Record<Refusal, string> = {
  store_not_found: "no such store, or not yours",
  insufficient_scope: "you can only view it",
  too_many_tags: "it already has 20 tags, the maximum",
  too_many_hours_changes: "its hours have changed on 200 dates, the maximum",
  too_many_grants: "the user has 1,000 stores and groups, the maximum",
};
