"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Field, FormError } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import { peopleQueries } from "@/lib/client/access-queries";
import type { Role } from "@/lib/contract/access";
import { textOf } from "./form-text";
import { GrantsEditor, useGrants } from "./grants-editor";
import { RoleChoice } from "./role-choice";

/** Creates an invitation. Its link is shown once, for the user to send. */
export function InviteForm() {
  const queryClient = useQueryClient();
  const [role, setRole] = useState<Role>("owner");
  const given = useGrants([]);
  const invite = useMutation({
    ...peopleQueries.invite(),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: peopleQueries.all() }),
  });
  const send = async (fields: HTMLFormElement) => {
    const email = textOf(new FormData(fields), "invited").trim();
    const grants = role === "owner" ? await given.complete() : [];
    if (grants === null) return;
    invite.mutate(
      { email, role, grants },
      {
        onSuccess: () => {
          fields.reset();
          given.setGrants([]);
          given.setDraft({ ...given.draft, name: "" });
        },
      },
    );
  };
  const link = invite.data?.link;
  return (
    <Panel title="Invite user" id="invite">
      <form
        method="post"
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!invite.isPending && !given.isChecking) void send(event.currentTarget);
        }}
      >
        <Field id="invited" label="E-mail" type="email" autoComplete="off" required maxLength={254} />
        <RoleChoice name="invited-role" value={role} onChange={setRole} />
        {role === "owner" && <GrantsEditor state={given} />}
        {invite.error && <FormError>{invite.error.message}</FormError>}
        <Button look="primary" type="submit" aria-disabled={invite.isPending} className="justify-self-start">
          {invite.isPending ? "Creating…" : "Create invite link"}
        </Button>
      </form>
      {link !== undefined && (
        <div role="status" className="border-line bg-accent-soft mt-4 rounded-md border p-3">
          <p className="font-medium">Invite link for {invite.data?.email}</p>
          <p className="text-muted mb-2">Single-use link. Copy it now, it won’t be shown again.</p>
          <p className="mb-2 font-mono text-xs break-all">{absolute(link)}</p>
          <CopyButton label="Copy link" text={() => absolute(link)} />
        </div>
      )}
    </Panel>
  );
}

/** The link as it is opened elsewhere. It exists only after a click, so never on the server. */
function absolute(link: string): string {
  return new URL(link, window.location.origin).href;
}
