"use client";

import { useMutation } from "@tanstack/react-query";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, FormError } from "@/components/ui/field";
import { storeRecordQueries } from "@/lib/client/store-record-queries";
import { idFault } from "./id-fault";
import { useReadStores } from "./use-read-stores";

/** Gives a store its correct id. */
export function CorrectId({ storeId }: { storeId: string }) {
  const router = useRouter();
  const readStores = useReadStores();
  const [typed, setTyped] = useState(storeId);
  const [fault, setFault] = useState<string | null>(null);
  const correct = useMutation(storeRecordQueries.correctId(storeId));
  return (
    <form
      method="post"
      noValidate
      className="grid gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (correct.isPending) return;
        const next = typed.trim();
        const found = next === storeId ? "Enter another ID." : idFault(next);
        setFault(found);
        if (found !== null) return;
        correct.mutate(next, {
          onSuccess: () => {
            router.replace(`/stores/${next}/edit` as Route);
            void readStores("later");
          },
        });
      }}
    >
      <Field
        id="correct-id"
        label="Store ID"
        maxLength={64}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        fault={fault}
        hint="The history stays. Checks and files that name the old ID still reach this store."
        onChange={({ target }) => {
          setTyped(target.value);
          setFault(null);
          correct.reset();
        }}
      />
      {correct.error && <FormError>{correct.error.message}</FormError>}
      <Button type="submit" aria-disabled={correct.isPending} className="justify-self-start">
        {correct.isPending ? "Saving…" : "Correct ID"}
      </Button>
    </form>
  );
}
