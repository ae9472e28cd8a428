"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { UtcInstant } from "@/components/ui/instant";
import { useUtcClock } from "@/components/ui/reader";
import { Panel } from "@/components/ui/panel";
import { qualityQueries } from "@/lib/client/quality-queries";
import { removalQueries } from "@/lib/client/removal-queries";
import { checksText } from "@/lib/format/checks";
import { fullTime } from "@/lib/format/zoned-time";

/** What shows removed checks is read again after a removal or its undo. */
function useReadAgain() {
  const queryClient = useQueryClient();
  return () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: removalQueries.all() }),
      queryClient.invalidateQueries({ queryKey: qualityQueries.all() }),
    ]);
}

/** Removes the checks of a store from an instant on, which lies in the future. */
export function RemoveFutureChecks({ storeId, from }: { storeId: string; from: string }) {
  const utcClock = useUtcClock();
  const readAgain = useReadAgain();
  const remove = useMutation({ ...removalQueries.removeFrom(), onSettled: readAgain });
  return (
    <ConfirmButton
      label="Remove"
      accessibleLabel={`Remove future checks of ${storeId}`}
      question="Remove future checks?"
      consequence={`Removes all checks of ${storeId} from ${fullTime(from, utcClock)} UTC on. You can undo this for one day.`}
      action="Remove"
      busy={remove.isPending}
      error={remove.error}
      onConfirm={(close) => {
        remove.mutate({ storeId, from }, { onSuccess: close });
      }}
    />
  );
}

/** The newest removals of checks, each with its undo while that is possible. */
export function PollRemovals() {
  const { data } = useQuery(removalQueries.recent());
  const readAgain = useReadAgain();
  const undo = useMutation({ ...removalQueries.undo(), onSettled: readAgain });
  if (data === undefined || data.removals.length === 0) return null;
  return (
    <Panel id="removals" title="Removed checks" className="mt-3">
      <ul className="divide-line divide-y">
        {data.removals.map(
          ({ id, store_id: storeId, polls, removed_at: at, undoable_until: until, undone_at: undone }) => (
            <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 py-1.5">
              <span>
                {checksText(polls)} of {storeId}, <UtcInstant at={at} />
                {undone !== null && ", undone"}
              </span>
              {until !== null && (
                <Button
                  aria-label={`Undo removal ${String(id)}`}
                  aria-disabled={undo.isPending}
                  onClick={() => {
                    if (!undo.isPending) undo.mutate(id);
                  }}
                >
                  Undo
                </Button>
              )}
            </li>
          ),
        )}
      </ul>
      {undo.error && (
        <p role="alert" className="text-down-ink mt-2">
          Couldn’t undo the removal: {undo.error.message}
        </p>
      )}
    </Panel>
  );
}
