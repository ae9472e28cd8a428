"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, FormError } from "@/components/ui/field";
import { storeEditQueries, type ChangedStores } from "@/lib/client/store-edit-queries";
import { storeQueries } from "@/lib/client/store-queries";
import { oneOf } from "@/lib/contract/enums";
import type { StoresChanged } from "@/lib/contract/store-changes";
import { selectClass } from "@/components/stores/label-select";
import {
  bulkActionHint,
  bulkActions,
  bulkActionText,
  changedIds,
  outcomeText,
  refusalText,
  storesText,
  fieldOf,
  toChange,
  type BulkAction,
} from "./bulk-action";

const fieldText = { group: "Group", brand: "Brand", tag: "Tag" } as const;

const shownRefusals = 20;

/** What becomes of the stores, with those that cannot be changed and why. */
function Outcome({ outcome }: { outcome: StoresChanged }) {
  const refused = outcome.results.filter(({ result }) => result === "refused");
  return (
    <div className="grid gap-1">
      <p>{outcomeText(outcome)}</p>
      {refused.length > 0 && (
        <div
          role="region"
          aria-label="Stores that can’t be changed"
          tabIndex={0}
          className="text-muted max-h-40 overflow-y-auto text-xs"
        >
          <ul>
            {refused.slice(0, shownRefusals).map(({ store_id: storeId, code }) => (
              <li key={storeId} className="break-text">
                {storeId}
                {code !== null && `: ${refusalText[code]}`}
              </li>
            ))}
            {refused.length > shownRefusals && <li>and {storesText(refused.length - shownRefusals)} more</li>}
          </ul>
        </div>
      )}
    </div>
  );
}

interface BulkDialogProps {
  readonly stores: ChangedStores;
  readonly count: number;
  readonly onClose: () => void;
}

/** Changes several stores: says first what would happen, asks, and then says what happened. */
export function BulkDialog({ stores, count, onClose }: BulkDialogProps) {
  const queryClient = useQueryClient();
  const [action, setAction] = useState<BulkAction>("pause");
  const [text, setText] = useState("");
  // A change may take stores out of the filter that they were counted by.
  const [title] = useState(`Change ${storesText(count)}`);
  const closeButton = useRef<HTMLButtonElement>(null);
  const preview = useMutation(storeEditQueries.changeStores());
  const change = useMutation({
    ...storeEditQueries.changeStores(),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: storeQueries.all() }),
  });
  // A store may have no brand or group, but a tag has a name.
  const isComplete = fieldOf(action) !== "tag" || text.trim() !== "";
  const outcome = change.data ?? preview.data;
  const isOver = change.data !== undefined || preview.data?.changed === 0;
  useEffect(() => {
    // The button that had the focus is gone.
    if (isOver) closeButton.current?.focus();
  }, [isOver]);
  const error = change.error ?? preview.error;
  const submitText =
    preview.data === undefined
      ? preview.isPending
        ? "Checking…"
        : "Check"
      : change.isPending
        ? "Changing…"
        : `${bulkActionText[action]}: ${storesText(preview.data.changed)}`;
  const submit = () => {
    if (!isComplete || isOver || preview.isPending || change.isPending) return;
    if (preview.data === undefined) preview.mutate({ ...stores, ...toChange(action, text), dry_run: true });
    else change.mutate({ store_ids: changedIds(preview.data), ...toChange(action, text) });
  };
  const edit = (make: () => void) => {
    if (change.isPending) return;
    preview.reset();
    change.reset();
    make();
  };
  return (
    <Dialog title={title} description={bulkActionHint[action]} onClose={onClose}>
      <form
        className="grid gap-3 p-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <label className="grid gap-1 font-medium">
          Action
          <select
            value={action}
            className={selectClass}
            onChange={({ target }) => {
              edit(() => {
                setAction(oneOf(bulkActions, target.value) ?? action);
              });
            }}
          >
            {bulkActions.map((one) => (
              <option key={one} value={one}>
                {bulkActionText[one]}
              </option>
            ))}
          </select>
        </label>
        {fieldOf(action) !== null && (
          <Field
            id="bulk-text"
            label={fieldText[fieldOf(action) ?? "tag"]}
            value={text}
            maxLength={200}
            autoComplete="off"
            onChange={({ target }) => {
              edit(() => {
                setText(target.value);
              });
            }}
          />
        )}
        <div role="status">{outcome && <Outcome outcome={outcome} />}</div>
        {error && <FormError>{error.message}</FormError>}
        <div className="flex flex-wrap justify-end gap-2">
          <Button ref={closeButton} onClick={onClose}>
            {change.data === undefined ? "Cancel" : "Close"}
          </Button>
          {!isOver && (
            <Button type="submit" look="primary" aria-disabled={!isComplete || preview.isPending || change.isPending}>
              {submitText}
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  );
}
