"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { StoreField } from "@/components/stores/store-field";
import { findStoreMeant } from "@/components/stores/store-meant";
import { Button } from "@/components/ui/button";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { FormError } from "@/components/ui/field";
import { storeRecordQueries } from "@/lib/client/store-record-queries";
import { mergeEffectText } from "./merge-text";
import { useReadStores } from "./use-read-stores";

const fieldId = "merge-source";

/** Merges another store into a store: says first what would happen. */
export function MergeForm({ storeId, name }: { storeId: string; name: string }) {
  const queryClient = useQueryClient();
  const readStores = useReadStores();
  const [typed, setTyped] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const [isSearching, setSearching] = useState(false);
  const [status, setStatus] = useState("");
  const preview = useMutation(storeRecordQueries.previewMerge());
  const merge = useMutation({ ...storeRecordQueries.merge(), onSettled: () => readStores() });
  const isChecking = isSearching || preview.isPending;
  const check = async () => {
    const text = typed.trim();
    if (isChecking || text === "") return;
    setStatus("");
    setSearching(true);
    try {
      const source = await findStoreMeant(queryClient, text);
      if (source === null) setFault("Choose a store from the list.");
      else preview.mutate({ storeId, sourceId: source.store_id });
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    } finally {
      setSearching(false);
    }
  };
  const found = preview.data;
  return (
    <form
      method="post"
      className="grid gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        void check();
      }}
    >
      <label htmlFor={fieldId} className="font-medium">
        Merge another store into this one
      </label>
      <p className="text-muted text-pretty">
        For two IDs that are one store. The other ID becomes an earlier ID of it.
      </p>
      <div className="flex flex-wrap items-start gap-2">
        <StoreField
          id={fieldId}
          value={typed}
          placeholder="Name or ID of the other store"
          className="min-w-48 flex-1"
          aria-invalid={fault !== null}
          aria-describedby={`${fieldId}-fault`}
          onChange={(text) => {
            setTyped(text);
            setFault(null);
            setStatus("");
            preview.reset();
            merge.reset();
          }}
          onEnter={() => void check()}
        />
        <Button type="submit" aria-disabled={isChecking}>
          {isChecking ? "Checking…" : "Check merge"}
        </Button>
      </div>
      <div id={`${fieldId}-fault`}>
        {fault !== null && <FormError>{fault}</FormError>}
        {preview.error && <FormError>{preview.error.message}</FormError>}
      </div>
      <div role="status">
        {found !== undefined && (
          <ul aria-label="Effect of the merge" className="list-disc space-y-1 pl-5">
            {mergeEffectText(found).map((line) => (
              <li key={line} className="wrap-break-word">
                {line}
              </li>
            ))}
          </ul>
        )}
        {status}
      </div>
      {found !== undefined && (
        <div>
          <ConfirmButton
            label="Merge stores"
            accessibleLabel={`Merge stores: ${found.source_id}`}
            question={`Merge ${found.source_id} into ${name}?`}
            consequence="Figures and incidents follow from the checks of both. You can undo this for a day."
            action="Merge stores"
            busy={merge.isPending}
            error={merge.error}
            onConfirm={(close) => {
              merge.mutate(
                { storeId, sourceId: found.source_id },
                {
                  onSuccess: () => {
                    close();
                    preview.reset();
                    setTyped("");
                    setStatus(`Merged ${found.source_id}. Undo it under Settings, Stores.`);
                    document.getElementById(fieldId)?.focus();
                  },
                },
              );
            }}
          />
        </div>
      )}
    </form>
  );
}
