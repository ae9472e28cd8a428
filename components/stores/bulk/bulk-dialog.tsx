"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { FormError } from "@/components/ui/field";
import { storeEditQueries, type ChangedStores } from "@/lib/client/store-edit-queries";
import { storeQueries } from "@/lib/client/store-queries";
import { oneOf } from "@/lib/contract/enums";
import type { StoresChanged } from "@/lib/contract/store-changes";
import { usualWeek } from "@/components/stores/edit/hours-draft";
import { selectClass } from "@/components/stores/label-select";
import {
  bulkActionHint,
  bulkActions,
  bulkActionText,
  changedIds,
  outcomeText,
  refusalText,
  storesText,
  isComplete,
  toChange,
  type BulkAction,
  type BulkValues,
} from "./bulk-action";
import { BulkFields } from "./bulk-fields";

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
              <li key={storeId} className="wrap-break-word">
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
  /** The local date of the newest data. */
  readonly today: string;
  /** Whether the reader may change what others see. */
  readonly canGrant: boolean;
  readonly onClose: () => void;
}

/** Changes several stores: says first what would happen, asks, and then says what happened. */
export function BulkDialog({ stores, count, today, canGrant, onClose }: BulkDialogProps) {
  const queryClient = useQueryClient();
  const [action, setAction] = useState<BulkAction>("pause");
  const [values, setValues] = useState<BulkValues>(() => ({
    ...{ text: "", personId: "", level: "view" },
    hours: { zone: "", isAlways: false, week: usualWeek, isFromStart: false, date: today },
  }));
  // A change may take stores out of the filter that they were counted by.
  const [title] = useState(`Change ${storesText(count)}`);
  const closeButton = useRef<HTMLButtonElement>(null);
  const preview = useMutation(storeEditQueries.changeStores());
  const change = useMutation({
    ...storeEditQueries.changeStores(),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: storeQueries.all() }),
  });
  const isReady = isComplete(action, values);
  const outcome = change.data ?? preview.data;
  const isOver = change.data !== undefined || preview.data?.changed === 0;
  useEffect(() => {
    // The button that had the focus is gone.
    if (isOver) closeButton.current?.focus();
  }, [isOver]);
  const error = change.error ?? preview.error;
  const offered = bulkActions.filter((one) => canGrant || one !== "set_access");
  const submitText =
    preview.data === undefined
      ? preview.isPending
        ? "Checking…"
        : "Check"
      : change.isPending
        ? "Changing…"
        : `${bulkActionText[action]}: ${storesText(preview.data.changed)}`;
  const submit = () => {
    if (!isReady || isOver || preview.isPending || change.isPending) return;
    if (preview.data === undefined) preview.mutate({ ...stores, ...toChange(action, values), dry_run: true });
    else change.mutate({ store_ids: changedIds(preview.data), ...toChange(action, values) });
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
        className="grid gap-3 overflow-y-auto p-4"
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
            {offered.map((one) => (
              <option key={one} value={one}>
                {bulkActionText[one]}
              </option>
            ))}
          </select>
        </label>
        <BulkFields
          action={action}
          values={values}
          onChange={(make) => {
            edit(() => {
              setValues(make);
            });
          }}
        />
        <div role="status">{outcome && <Outcome outcome={outcome} />}</div>
        {error && <FormError>{error.message}</FormError>}
        <div className="flex flex-wrap justify-end gap-2">
          <Button ref={closeButton} onClick={onClose}>
            {change.data === undefined ? "Cancel" : "Close"}
          </Button>
          {!isOver && (
            <Button type="submit" look="primary" aria-disabled={!isReady || preview.isPending || change.isPending}>
              {submitText}
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  );
}
