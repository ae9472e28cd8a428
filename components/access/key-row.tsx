"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import clsx from "clsx";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { UtcInstant } from "@/components/ui/instant";
import { keyQueries } from "@/lib/client/access-queries";
import type { Key } from "@/lib/contract/access";
import { keyStateText, keyStoresText, scopeText } from "./access-text";

function At({ instant }: { instant: string }) {
  return <UtcInstant at={instant} />;
}

/** A key, what it may do and when it was used. @param onRotated gets the key that takes its place, once */
export function KeyRow({ value, onRotated }: { value: Key; onRotated: (key: Key) => void }) {
  const queryClient = useQueryClient();
  const refresh = () => queryClient.invalidateQueries({ queryKey: keyQueries.all() });
  const rotate = useMutation({ ...keyQueries.rotate(), onSuccess: refresh });
  const revoke = useMutation({ ...keyQueries.revoke(), onSuccess: refresh });
  const isActive = value.state === "active";
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3">
      <div className={clsx("min-w-0 flex-1 basis-64", !isActive && "text-muted")}>
        <p className="wrap-break-word">
          <span className="font-medium">{value.name}</span>{" "}
          <code className="text-muted font-mono text-xs">sm_live_{value.id}_…</code>{" "}
          {!isActive && <span>{keyStateText[value.state]}</span>}
        </p>
        <p className="text-muted wrap-break-word">
          {value.scopes.map((scope) => scopeText[scope]).join("; ")}. {keyStoresText(value)}.{" "}
          {value.last_used_at === null ? (
            "Never used."
          ) : (
            <>
              Last used <At instant={value.last_used_at} />.
            </>
          )}{" "}
          {isActive && value.expires_at !== null && (
            <>
              Expires <At instant={value.expires_at} />.
            </>
          )}
        </p>
        {value.exposed_at !== null && isActive && (
          <p className="text-down-ink">
            This key appeared in a URL on <At instant={value.exposed_at} /> and may have leaked. Rotate it.
          </p>
        )}
      </div>
      {isActive && (
        <div className="flex gap-2">
          <ConfirmButton
            label="Rotate"
            accessibleLabel={`Rotate key ${value.name}, ${value.id}`}
            question={`Rotate ${value.name}?`}
            consequence="Creates a second key with the same permissions. This one keeps working until you revoke it."
            action="Create second key"
            busy={rotate.isPending}
            error={rotate.error}
            onConfirm={(close) => {
              rotate.mutate(value.id, {
                onSuccess: (key) => {
                  close();
                  onRotated(key);
                },
              });
            }}
          />
          <ConfirmButton
            label="Revoke"
            accessibleLabel={`Revoke key ${value.name}, ${value.id}`}
            question={`Revoke ${value.name}?`}
            consequence="Anything that uses this key loses access within five seconds. This can’t be undone."
            action="Revoke"
            busy={revoke.isPending}
            error={revoke.error}
            onConfirm={(close) => {
              revoke.mutate(value.id, { onSuccess: close });
            }}
          />
        </div>
      )}
    </li>
  );
}
