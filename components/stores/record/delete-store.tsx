"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { storeRecordQueries } from "@/lib/client/store-record-queries";
import { useReadStores } from "./use-read-stores";

/** Deletes a store, which can be restored for a day. */
export function DeleteStore({ storeId, name }: { storeId: string; name: string }) {
  const router = useRouter();
  const readStores = useReadStores();
  const remove = useMutation(storeRecordQueries.remove());
  return (
    <div className="grid gap-2">
      <h3 className="font-medium">Delete this store</h3>
      <p className="text-muted text-pretty">
        To keep its history, retire it instead. A deleted store can be restored for a day; then its checks, hours and
        special hours are removed.
      </p>
      <div>
        <ConfirmButton
          label="Delete store"
          question={`Delete ${name}?`}
          consequence="It is hidden at once. Its history is removed after a day; until then you can restore it."
          action="Delete store"
          busy={remove.isPending}
          error={remove.error}
          onConfirm={(close) => {
            remove.mutate(storeId, {
              onSuccess: () => {
                close();
                router.push("/manage-stores");
                void readStores("later");
              },
            });
          }}
        />
      </div>
    </div>
  );
}
