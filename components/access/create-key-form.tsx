"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { LimitStores } from "@/components/stores/limit-stores";
import { Button } from "@/components/ui/button";
import { Field, FormError, inputClass } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import { keyQueries } from "@/lib/client/access-queries";
import type { Key } from "@/lib/contract/access";
import type { Scope } from "@/lib/contract/scopes";
import { idsOf, scopeText } from "./access-text";
import { textOf } from "./form-text";
import { dayMs } from "@/lib/uptime/units";

/** How long a key may live. A program without an owner should not keep one forever. */
const lifetimes = [
  { days: 30, label: "30 days" },
  { days: 90, label: "90 days" },
  { days: 365, label: "1 year" },
  { days: null, label: "Never" },
] as const;

/** Creates a key. @param offered the scopes of its creator, which it may have too  @param onCreated gets the key, once */
export function CreateKeyForm({ offered, onCreated }: { offered: readonly Scope[]; onCreated: (key: Key) => void }) {
  const queryClient = useQueryClient();
  const [scopes, setScopes] = useState<readonly Scope[]>(["stores:read", "reports:read"]);
  const [stores, setStores] = useState("");
  const { mutate, isPending, error } = useMutation(keyQueries.create());
  return (
    <Panel title="New key" id="new-key">
      <form
        method="post"
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isPending) return;
          const fields = event.currentTarget;
          const form = new FormData(fields);
          const storeIds = idsOf(stores);
          const days = Number(textOf(form, "lifetime"));
          mutate(
            {
              name: textOf(form, "key-name").trim(),
              scopes: offered.filter((scope) => scopes.includes(scope)),
              ...(storeIds.length === 0 ? {} : { store_ids: [...storeIds] }),
              ...(days > 0 ? { expires_at: new Date(Date.now() + days * dayMs).toISOString() } : {}),
            },
            {
              onSuccess: (key) => {
                fields.reset();
                setStores("");
                onCreated(key);
                void queryClient.invalidateQueries({ queryKey: keyQueries.all() });
              },
            },
          );
        }}
      >
        <Field id="key-name" label="Name" autoComplete="off" required maxLength={100} hint="e.g. “POS integration”" />
        <fieldset>
          <legend className="mb-1 font-medium">Permissions</legend>
          <div className="grid gap-1.5">
            {offered.map((scope) => (
              <label key={scope} className="flex items-start gap-2">
                <input
                  type="checkbox"
                  className="mt-0.5 size-4 shrink-0"
                  checked={scopes.includes(scope)}
                  onChange={(event) => {
                    setScopes(event.target.checked ? [...scopes, scope] : scopes.filter((one) => one !== scope));
                  }}
                />
                <span>
                  {scopeText[scope]} <code className="text-muted font-mono text-xs">{scope}</code>
                </span>
              </label>
            ))}
          </div>
        </fieldset>
        <LimitStores
          id="stores"
          label="Limit to stores"
          placeholder="All stores you can see"
          value={stores}
          onChange={setStores}
        />
        <div>
          <label htmlFor="lifetime" className="mb-1 block font-medium">
            Expires
          </label>
          <select id="lifetime" name="lifetime" defaultValue="365" className={inputClass}>
            {lifetimes.map(({ days, label }) => (
              <option key={label} value={days ?? ""}>
                {label}
              </option>
            ))}
          </select>
        </div>
        {error && <FormError>{error.message}</FormError>}
        <Button
          look="primary"
          type="submit"
          aria-disabled={isPending || scopes.length === 0}
          className="justify-self-start"
        >
          {isPending ? "Creating…" : "Create key"}
        </Button>
      </form>
    </Panel>
  );
}
