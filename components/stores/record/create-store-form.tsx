"use client";

import { useMutation } from "@tanstack/react-query";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { textOf } from "@/components/access/form-text";
import { ZoneField } from "@/components/stores/edit/zone-field";
import { Button } from "@/components/ui/button";
import { Field, FormError } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import { storeRecordQueries } from "@/lib/client/store-record-queries";
import { idFault } from "./id-fault";
import { useReadStores } from "./use-read-stores";

/** Creates a store, and opens its form for hours and the rest. */
export function CreateStoreForm() {
  const router = useRouter();
  const readStores = useReadStores();
  const [zone, setZone] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const create = useMutation(storeRecordQueries.create());
  return (
    <Panel title="New store" id="new-store">
      <form
        method="post"
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (create.isPending) return;
          const form = new FormData(event.currentTarget);
          const text = (field: string) => textOf(form, field).trim();
          const storeId = text("new-store-id");
          const found = idFault(storeId);
          setFault(found);
          if (found !== null) return;
          create.mutate(
            {
              ...{ store_id: storeId, name: text("new-store-name") },
              ...{ brand: text("new-store-brand"), group: text("new-store-group") },
              time_zone: zone.trim() === "" ? null : zone.trim(),
            },
            {
              onSuccess: () => {
                router.push(`/stores/${storeId}/edit` as Route);
                void readStores();
              },
            },
          );
        }}
      >
        <Field
          id="new-store-id"
          label="Store ID"
          maxLength={64}
          autoComplete="off"
          spellCheck={false}
          required
          fault={fault}
          hint="As your checks and files name it. Stores are also created by the first file or check that names them."
        />
        <Field id="new-store-name" label="Name" maxLength={80} autoComplete="off" />
        <div className="grid gap-4 sm:grid-cols-2">
          <Field id="new-store-brand" label="Brand" maxLength={80} autoComplete="off" />
          <Field id="new-store-group" label="Group" maxLength={80} autoComplete="off" />
        </div>
        <ZoneField zone={zone} onChange={setZone} />
        {create.error && <FormError>{create.error.message}</FormError>}
        <Button type="submit" look="primary" aria-disabled={create.isPending} className="justify-self-start">
          {create.isPending ? "Creating…" : "Create store"}
        </Button>
      </form>
    </Panel>
  );
}
