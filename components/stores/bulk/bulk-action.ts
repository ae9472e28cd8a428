import type { StoresChanged } from "@/lib/contract/store-changes";

/** What can be changed of several stores at once. */
export const bulkActions = ["pause", "resume", "retire", "set_group", "set_brand", "add_tag", "remove_tag"] as const;
export type BulkAction = (typeof bulkActions)[number];

export const bulkActionText: Record<BulkAction, string> = {
  pause: "Pause",
  resume: "Resume",
  retire: "Retire",
  set_group: "Set group",
  set_brand: "Set brand",
  add_tag: "Add tag",
  remove_tag: "Remove tag",
};

/** What follows from an action, one line. */
export const bulkActionHint: Record<BulkAction, string> = {
  pause: "Checks are stored, but the stores are not counted in the fleet’s figures, states and reports.",
  resume: "The stores are counted and listed again.",
  retire: "The stores are neither counted nor listed. Their data is kept, and they can be resumed.",
  set_group: "People with access to the group will see these stores. Leave empty to clear the group.",
  set_brand: "Leave empty to clear the brand.",
  add_tag: "Existing tags are kept.",
  remove_tag: "The stores keep their other tags.",
};

/** What an action takes a text for; null where it takes none. */
export function fieldOf(action: BulkAction): "group" | "brand" | "tag" | null {
  if (action === "set_group") return "group";
  if (action === "set_brand") return "brand";
  return action === "add_tag" || action === "remove_tag" ? "tag" : null;
}

/** An action as the API takes it. @param text as it was typed */
export function toChange(action: BulkAction, text: string) {
  const label = text.trim();
  switch (action) {
    case "pause":
      return { lifecycle: "paused" as const };
    case "resume":
      return { lifecycle: "active" as const };
    case "retire":
      return { lifecycle: "retired" as const };
    case "set_group":
      return { group: label === "" ? null : label };
    case "set_brand":
      return { brand: label === "" ? null : label };
    case "add_tag":
      return { add_tags: [label] };
    case "remove_tag":
      return { remove_tags: [label] };
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

/** The stores that a preview says will change: only these are sent, whatever the filter matches by then. */
export function changedIds({ results }: Pick<StoresChanged, "results">): string[] {
  return results.filter(({ result }) => result === "changed").map(({ store_id: storeId }) => storeId);
}

type Refusal = NonNullable<StoresChanged["results"][number]["code"]>;

export const refusalText: Record<Refusal, string> = {
  store_not_found: "no such store, or not yours",
  insufficient_scope: "you can only view it",
  too_many_tags: "it already has 20 tags, the maximum",
};
