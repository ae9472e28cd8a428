"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { textOf } from "@/components/access/form-text";
import { Button } from "@/components/ui/button";
import { Field, FormError } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import { storeEditQueries } from "@/lib/client/store-edit-queries";
import { storeQueries } from "@/lib/client/store-queries";
import { lifecycles, oneOf, tagLimits, type Lifecycle } from "@/lib/contract/enums";
import type { StoreDetail } from "@/lib/contract/stores";
import { changedStatusAndTags } from "./details-changes";

const choices: Record<Lifecycle, readonly [name: string, meaning: string]> = {
  active: ["Active", "Listed and counted in the fleet."],
  paused: ["Paused", "Listed, but not counted. Its checks are still stored."],
  retired: ["Retired", "Not listed and not counted. Its history is kept."],
};

/** A store's tags, and whether it is counted in the fleet. */
export function FleetForm({ store }: { store: StoreDetail }) {
  const queryClient = useQueryClient();
  // What the fields were filled with: the page may have read others since.
  const [filled, setFilled] = useState({ tags: store.tags, lifecycle: store.lifecycle });
  const [status, setStatus] = useState("");
  const save = useMutation({
    ...storeEditQueries.saveDetails(store.store_id),
    onSuccess: (saved) => {
      queryClient.setQueryData(storeQueries.detail(store.store_id).queryKey, saved);
    },
  });
  return (
    <Panel title="Status and tags" id="in-the-fleet">
      <form
        method="post"
        className="grid gap-4"
        onInput={() => {
          setStatus("");
        }}
        onSubmit={(event) => {
          event.preventDefault();
          if (save.isPending) return;
          const form = new FormData(event.currentTarget);
          const tags = textOf(form, "tags")
            .split(/[,;]/)
            .map((tag) => tag.trim())
            .filter((tag) => tag !== "");
          const lifecycle = oneOf(lifecycles, textOf(form, "lifecycle")) ?? filled.lifecycle;
          const entered = { tags, lifecycle };
          const edit = changedStatusAndTags(filled, entered);
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
        <fieldset className="grid gap-2">
          <legend className="mb-1 font-medium">Status</legend>
          {lifecycles.map((one) => (
            <label key={one} className="flex items-start gap-2">
              <input
                type="radio"
                name="lifecycle"
                value={one}
                defaultChecked={one === filled.lifecycle}
                className="mt-1"
              />
              <span>
                {choices[one][0]}
                <span className="text-muted block">{choices[one][1]}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <Field
          id="tags"
          label="Tags, separated by commas"
          maxLength={tagLimits.count * (tagLimits.length + 2)}
          autoComplete="off"
          defaultValue={filled.tags.join(", ")}
        />
        {save.error && <FormError>{save.error.message}</FormError>}
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" look="primary" aria-disabled={save.isPending}>
            {save.isPending ? "Saving…" : "Save status and tags"}
          </Button>
          <p role="status" className="text-muted">
            {status}
          </p>
        </div>
      </form>
    </Panel>
  );
}
