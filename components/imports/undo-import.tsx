"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { importQueries } from "@/lib/client/import-queries";
import type { Import } from "@/lib/contract/imports";
import { checksText } from "@/lib/format/checks";

/** Asks once more before an import's checks are taken out again. */
export function UndoImport({ value, onClose }: { value: Import; onClose: () => void }) {
  const queryClient = useQueryClient();
  const undo = useMutation({
    ...importQueries.undo(),
    onSuccess: (after) => {
      queryClient.setQueryData(importQueries.one(value.id).queryKey, after);
      onClose();
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: importQueries.all() }),
  });
  const accepted = value.counts?.accepted ?? 0;
  return (
    <Dialog
      title={`Undo import ${String(value.id)}?`}
      description={`Removes the ${checksText(accepted)} it added and restores checks it replaced. Figures are recalculated. Stores it created stay. To get the checks back, import the file again.`}
      onClose={onClose}
    >
      <div className="flex flex-wrap justify-end gap-2 p-4">
        {undo.error && (
          <p role="alert" className="text-down-ink w-full">
            Couldn’t undo the import: {undo.error.message}
          </p>
        )}
        <Button onClick={onClose}>Cancel</Button>
        <Button
          look="primary"
          aria-disabled={undo.isPending}
          onClick={() => {
            if (!undo.isPending) undo.mutate(value.id);
          }}
        >
          {undo.isPending ? "Undoing…" : "Undo import"}
        </Button>
      </div>
    </Dialog>
  );
}
