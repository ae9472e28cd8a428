"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { SettingsTabs } from "@/components/access/settings-tabs";
import { AsyncPanel } from "@/components/ui/async-panel";
import { UtcInstant } from "@/components/ui/instant";
import { Panel } from "@/components/ui/panel";
import { storeRecordQueries } from "@/lib/client/store-record-queries";
import { checksText } from "@/lib/format/checks";
import { CreateStoreForm } from "./create-store-form";
import { ExportLinks } from "./export-links";
import { UndoList } from "./undo-list";
import { useReadStores } from "./use-read-stores";

function DeletedStores() {
  const deleted = useQuery(storeRecordQueries.deleted());
  const readStores = useReadStores();
  const [status, setStatus] = useState("");
  const restore = useMutation({ ...storeRecordQueries.restore(), onSettled: () => readStores() });
  return (
    <Panel title="Deleted stores" id="deleted-stores">
      <AsyncPanel what="deleted stores" query={deleted} height="h-16">
        {({ stores }) =>
          stores.length === 0 ? (
            <p className="text-muted">No store can be restored. Delete stores on their edit pages.</p>
          ) : (
            <UndoList
              label="Deleted stores"
              rows={stores}
              keyOf={({ store_id: storeId }) => storeId}
              undo={({ store_id: storeId }) => ({ label: "Restore", accessibleLabel: `Restore ${storeId}` })}
              isPending={restore.isPending}
              error={restore.error}
              onUndo={({ store_id: storeId }) => {
                restore.mutate(storeId, {
                  onSuccess: () => {
                    setStatus(`Restored ${storeId}.`);
                  },
                });
              }}
            >
              {({ store_id: storeId, name, restorable_until: until }) => (
                <>
                  <span className="font-medium">{name ?? storeId}</span>
                  {name !== null && <span className="text-muted"> {storeId}</span>}
                  <span className="text-muted block">
                    Can be restored until <UtcInstant at={until} />
                  </span>
                </>
              )}
            </UndoList>
          )
        }
      </AsyncPanel>
      <p role="status" className="text-muted">
        {status}
      </p>
    </Panel>
  );
}

function Merges() {
  const merges = useQuery(storeRecordQueries.merges());
  const readStores = useReadStores();
  const [status, setStatus] = useState("");
  const undo = useMutation({ ...storeRecordQueries.undoMerge(), onSettled: () => readStores() });
  return (
    <Panel title="Merged stores" id="merges">
      <AsyncPanel what="merges" query={merges} height="h-16">
        {({ merges: rows }) =>
          rows.length === 0 ? (
            <p className="text-muted">No merges in the last 30 days. Merge stores on their edit pages.</p>
          ) : (
            <UndoList
              label="Merged stores"
              rows={rows}
              keyOf={({ id }) => String(id)}
              undo={({ source_id: sourceId, undoable_until: until }) =>
                until === null ? null : { label: "Undo", accessibleLabel: `Undo the merge of ${sourceId}` }
              }
              isPending={undo.isPending}
              error={undo.error}
              onUndo={({ id, source_id: sourceId }) => {
                if (id === null) return;
                undo.mutate(id, {
                  onSuccess: () => {
                    setStatus(`${sourceId} is a store again.`);
                  },
                });
              }}
            >
              {({ store_id: storeId, source_id: sourceId, polls, merged_at: at, undone_at: undone }) => (
                <>
                  <span className="font-medium">
                    {sourceId} into {storeId}
                  </span>
                  <span className="text-muted block">
                    {checksText(polls)}
                    {at !== null && (
                      <>
                        , <UtcInstant at={at} />
                      </>
                    )}
                    {undone !== null && ", undone"}
                  </span>
                </>
              )}
            </UndoList>
          )
        }
      </AsyncPanel>
      <p role="status" className="text-muted">
        {status}
      </p>
    </Panel>
  );
}

/** Which stores there are: a new one, and what was deleted or merged. */
export function ManageStoresView() {
  return (
    <>
      <SettingsTabs title="Stores" current="/manage-stores" />
      <div className="grid items-start gap-3 lg:grid-cols-2">
        <CreateStoreForm />
        <div className="grid gap-3">
          <DeletedStores />
          <Merges />
          <ExportLinks />
        </div>
      </div>
    </>
  );
}
