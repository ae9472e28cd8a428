import type { StoreMerge } from "@/lib/contract/store-record";
import { checksText } from "@/lib/format/checks";

/** What a merge would do, a line each. */
export function mergeEffectText(preview: StoreMerge): readonly string[] {
  const { store_id: storeId, source_id: sourceId, polls, polls_added: added } = preview;
  const { polls_conflicting: conflicting, people_added: people, limited_keys: keys } = preview;
  const lines = [
    polls === 0
      ? `${sourceId} has no checks.`
      : `${checksText(polls)} of ${sourceId} ${polls === 1 ? "moves" : "move"} to ${storeId}, ${added.toLocaleString("en-US")} at times without a check there.`,
  ];
  if (conflicting > 0) {
    lines.push(
      conflicting === 1
        ? "1 check conflicts with one of the store: offline wins."
        : `${conflicting.toLocaleString("en-US")} checks conflict with those of the store: offline wins.`,
    );
  }
  lines.push(
    `${storeId} keeps its own name, hours, time zone and special hours, and follows the calendars assigned to either. ${sourceId} becomes an earlier ID of it.`,
  );
  if (people > 0) {
    lines.push(
      people === 1
        ? "1 person with access to the other store gets access to this one."
        : `${people.toLocaleString("en-US")} people with access to the other store get access to this one.`,
    );
  }
  if (keys > 0) {
    lines.push(
      keys === 1
        ? "1 API key limited to the other store loses it."
        : `${keys.toLocaleString("en-US")} API keys limited to the other store lose it.`,
    );
  }
  return lines;
}
