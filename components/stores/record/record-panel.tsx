import { Panel } from "@/components/ui/panel";
import type { StoreDetail } from "@/lib/contract/stores";
import { CorrectId } from "./correct-id";
import { DeleteStore } from "./delete-store";
import { MergeForm } from "./merge-form";

/** A store's id, and what ends it: merging another one into it, and deleting it. For operators. */
export function RecordPanel({ store }: { store: StoreDetail }) {
  const { store_id: storeId } = store;
  const name = store.name ?? storeId;
  return (
    <Panel title="ID, merge and delete" id="record">
      <div className="divide-line divide-y *:py-4 *:first:pt-0 *:last:pb-0">
        <CorrectId storeId={storeId} />
        <MergeForm storeId={storeId} name={name} />
        <DeleteStore storeId={storeId} name={name} />
      </div>
    </Panel>
  );
}
