"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { Dialog } from "@/components/ui/dialog";
import { FormError } from "@/components/ui/field";
import { UtcInstant } from "@/components/ui/instant";
import { peopleQueries } from "@/lib/client/access-queries";
import type { Person, Role } from "@/lib/contract/access";
import { grantsText, roleText, type StoreNames } from "./access-text";
import { GrantsEditor, useGrants } from "./grants-editor";
import { RoleChoice } from "./role-choice";

interface ChangeDialogProps {
  readonly person: Person;
  readonly names: StoreNames;
  readonly onClose: () => void;
}

function ChangeDialog({ person, names, onClose }: ChangeDialogProps) {
  const queryClient = useQueryClient();
  const [role, setRole] = useState<Role>(person.role);
  const given = useGrants(person.grants, names);
  const { mutate, isPending, error } = useMutation({
    ...peopleQueries.change(),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: peopleQueries.all() });
      onClose();
    },
  });
  const save = async () => {
    const grants = role === "owner" ? await given.complete() : [];
    if (grants !== null) mutate({ id: person.id, role, grants });
  };
  return (
    <Dialog
      title={`Edit access for ${person.name}`}
      description="Saving signs them out everywhere. Their password stays the same."
      onClose={onClose}
    >
      <div className="grid gap-4 overflow-y-auto p-4">
        <RoleChoice name="role" value={role} onChange={setRole} />
        {role === "owner" && <GrantsEditor state={given} />}
        {error && <FormError>{error.message}</FormError>}
        <Button
          look="primary"
          aria-disabled={isPending}
          className="justify-self-end"
          onClick={() => {
            if (!isPending && !given.isChecking) void save();
          }}
        >
          Save
        </Button>
      </div>
    </Dialog>
  );
}

interface PersonRowProps {
  readonly person: Person;
  /** Whether it is the one who looks. */
  readonly self: boolean;
  /** Of the stores that they may see. */
  readonly names: StoreNames;
}

/** A person with what they may do. */
export function PersonRow({ person, self, names }: PersonRowProps) {
  const queryClient = useQueryClient();
  const [changing, setChanging] = useState(false);
  const remove = useMutation(peopleQueries.remove());
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3">
      <div className="min-w-0 flex-1 basis-64">
        <p className="wrap-break-word">
          <span className="font-medium">{person.name}</span>
          {self && <span className="text-muted"> (you)</span>}{" "}
          <span className="text-muted break-all">{person.email}</span>
        </p>
        <p className="text-muted wrap-break-word">
          {roleText[person.role].name}. {grantsText(person.role, person.grants, names)}.{" "}
          {person.last_seen_at === null ? (
            "Never signed in."
          ) : (
            <>
              Last active <UtcInstant at={person.last_seen_at} />.
            </>
          )}
        </p>
      </div>
      {!self && (
        <div className="flex gap-2">
          <Button
            aria-label={`Edit access for ${person.name}`}
            onClick={() => {
              setChanging(true);
            }}
          >
            Edit
          </Button>
          <ConfirmButton
            label="Remove"
            accessibleLabel={`Remove ${person.name}`}
            question={`Remove ${person.name}?`}
            consequence="They will be signed out at once and their keys will stop working. This can’t be undone."
            action="Remove"
            busy={remove.isPending}
            error={remove.error}
            onConfirm={(close) => {
              remove.mutate(person.id, {
                onSuccess: () => {
                  close();
                  void queryClient.invalidateQueries({ queryKey: peopleQueries.all() });
                },
              });
            }}
          />
        </div>
      )}
      {changing && (
        <ChangeDialog
          person={person}
          names={names}
          onClose={() => {
            setChanging(false);
          }}
        />
      )}
    </li>
  );
}
