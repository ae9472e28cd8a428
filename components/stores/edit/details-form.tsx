"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { textOf } from "@/components/access/form-text";
import { Button } from "@/components/ui/button";
import { Field, FormError } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import { storeEditQueries } from "@/lib/client/store-edit-queries";
import { storeQueries } from "@/lib/client/store-queries";
import type { StoreDetail } from "@/lib/contract/stores";
import { changedDetails } from "./details-changes";

/** Name and address of a store. */
export function DetailsForm({ store }: { store: StoreDetail }) {
  const queryClient = useQueryClient();
  // What the fields were filled with: the page may have read another name since.
  const [filled, setFilled] = useState({ name: store.name ?? "", address: store.address ?? "" });
  const [status, setStatus] = useState("");
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
        onInput={() => {
          setStatus("");
        }}
        onSubmit={(event) => {
          event.preventDefault();
          if (save.isPending) return;
          const form = new FormData(event.currentTarget);
          const entered = { name: textOf(form, "name"), address: textOf(form, "address") };
          const edit = changedDetails(filled, entered);
          if (edit === null) {
            setStatus("No changes to save");
            return;
          }
          setStatus("");
          save.mutate(edit, {
            onSuccess: () => {
              setFilled(entered);
              setStatus("Saved");
            },
          });
        }}
      >
        <Field id="name" label="Name" maxLength={80} autoComplete="off" defaultValue={filled.name} />
        <Field id="address" label="Address" maxLength={200} autoComplete="off" defaultValue={filled.address} />
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
            {status}
          </p>
        </div>
      </form>
    </Panel>
  );
}
