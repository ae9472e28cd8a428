"use client";

import { useMutation } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { buttonClass } from "@/components/ui/button";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { Panel } from "@/components/ui/panel";
import { peopleQueries } from "@/lib/client/access-queries";

/** What is kept about a person, to take along or to have deleted. */
export function OwnDataPanel({ personId }: { personId: number }) {
  const remove = useMutation(peopleQueries.remove());
  return (
    <Panel title="Your data" id="own-data">
      <p className="text-muted mb-3 max-w-prose text-pretty">
        Export your name, e-mail, stores, sessions, keys and activity as one JSON file. Deleting your account ends your
        sessions and revokes your keys at once; your name is replaced by an ID in the audit log.
      </p>
      <div className="flex flex-wrap gap-2">
        <a href={`/api/v1/people/${String(personId)}/export`} download="my-data.json" className={buttonClass()}>
          <Download aria-hidden className="size-4" />
          Export
        </a>
        <ConfirmButton
          label="Delete my account"
          question="Delete your account?"
          consequence="You will be signed out everywhere and your keys will stop working. This can’t be undone."
          action="Delete my account"
          busy={remove.isPending || remove.isSuccess}
          error={remove.error}
          onConfirm={() => {
            remove.mutate(personId, {
              onSuccess: () => {
                window.location.assign("/sign-in");
              },
            });
          }}
        />
      </div>
    </Panel>
  );
}
