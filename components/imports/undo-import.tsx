"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { importQueries } from "@/lib/client/import-queries";
import type { Import } from "@/lib/contract/imports";
import { undoEffectText } from "./undo-text";

/** Asks once more before an import is undone. */
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
  return (
    <Dialog title={`Undo import ${String(value.id)}?`} description={undoEffectText(value)} onClose={onClose}>
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
