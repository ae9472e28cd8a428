"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { AsyncPanel } from "@/components/ui/async-panel";
import { Button } from "@/components/ui/button";
import { FormError } from "@/components/ui/field";
import { UtcInstant } from "@/components/ui/instant";
import { Panel } from "@/components/ui/panel";
import { peopleQueries } from "@/lib/client/access-queries";
import { grantsText, roleText, storeNamesOf } from "./access-text";
import { SettingsTabs } from "./settings-tabs";
import { InviteForm } from "./invite-form";
import { PersonRow } from "./person-row";

function InvitationsPanel() {
  const queryClient = useQueryClient();
  const invitations = useQuery(peopleQueries.invitations());
  const withdraw = useMutation({
    ...peopleQueries.withdraw(),
    onSettled: () => queryClient.invalidateQueries({ queryKey: peopleQueries.all() }),
  });
  return (
    <Panel title="Pending invites" id="invited-people">
      {withdraw.error && <FormError>{withdraw.error.message}</FormError>}
      <AsyncPanel what="invites" query={invitations} height="h-16">
        {(data) =>
          data.invitations.length === 0 ? (
            <p className="text-muted">No pending invites.</p>
          ) : (
            <ul aria-label="Pending invites" className="divide-line -my-2 divide-y">
              {data.invitations.map((one) => (
                <li key={one.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2">
                  <div className="min-w-0 flex-1 basis-56">
                    <p className="font-medium break-all">{one.email}</p>
                    <p className="text-muted wrap-break-word">
                      {roleText[one.role].name}. {grantsText(one.role, one.grants, storeNamesOf(data.granted_stores))}.
                      Expires <UtcInstant at={one.expires_at} />.
                    </p>
                  </div>
                  <Button
                    aria-label={`Revoke the invite for ${one.email}`}
                    aria-disabled={withdraw.isPending}
                    onClick={() => {
                      withdraw.mutate(one.id);
                    }}
                  >
                    Revoke
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </AsyncPanel>
    </Panel>
  );
}

/** Who may get in, with what they may see, and who is invited. @param selfId who looks */
export function PeopleView({ selfId }: { selfId: number }) {
  const people = useQuery(peopleQueries.people());
  return (
    <>
      <SettingsTabs title="People" current="/people" />
      <div className="grid items-start gap-3 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Panel title="People" id="people">
          <AsyncPanel what="people" query={people} height="h-48">
            {(data) => (
              <ul aria-label="People" className="divide-line -my-3 divide-y">
                {data.people.map((person) => (
                  <PersonRow
                    key={person.id}
                    person={person}
                    self={person.id === selfId}
                    names={storeNamesOf(data.granted_stores)}
                  />
                ))}
              </ul>
            )}
          </AsyncPanel>
        </Panel>
        <div className="grid gap-3">
          <InviteForm />
          <InvitationsPanel />
        </div>
      </div>
    </>
  );
}
