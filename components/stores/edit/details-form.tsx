"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { textOf } from "@/components/access/form-text";
import { Button } from "@/components/ui/button";
import { Field, FormError } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import { storeEditQueries } from "@/lib/client/store-edit-queries";
import { storeQueries } from "@/lib/client/store-queries";
import type { StoreDetail } from "@/lib/contract/stores";

/** Name and address of a store. */
export function DetailsForm({ store }: { store: StoreDetail }) {
  const queryClient = useQueryClient();
  const save = useMutation({
    ...storeEditQueries.saveDetails(store.store_id),
    onSuccess: (saved) => {
      queryClient.setQueryData(storeQueries.detail(store.store_id).queryKey, saved);
    },
  });
  return (
    <Panel title="Name and address" id="details">
      <form
        method="post"
        className="grid gap-4 md:grid-cols-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (save.isPending) return;
          const form = new FormData(event.currentTarget);
          save.mutate({ name: textOf(form, "name"), address: textOf(form, "address") });
        }}
      >
        <Field id="name" label="Name" maxLength={80} autoComplete="off" defaultValue={store.name ?? ""} />
        <Field id="address" label="Address" maxLength={200} autoComplete="off" defaultValue={store.address ?? ""} />
        {save.error && (
          <div className="md:col-span-2">
            <FormError>{save.error.message}</FormError>
          </div>
        )}
        <div className="flex flex-wrap items-center gap-3 md:col-span-2">
          <Button type="submit" look="primary" aria-disabled={save.isPending}>
            {save.isPending ? "Saving…" : "Save details"}
          </Button>
          <p role="status" className="text-muted">
            {save.isSuccess ? "Saved" : ""}
          </p>
        </div>
      </form>
    </Panel>
  );
}
