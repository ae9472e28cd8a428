"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { AsyncPanel } from "@/components/ui/async-panel";
import { Button } from "@/components/ui/button";
import { FormError } from "@/components/ui/field";
import { UtcInstant } from "@/components/ui/instant";
import { Panel } from "@/components/ui/panel";
import { accountQueries } from "@/lib/client/access-queries";
import { browserText } from "./access-text";

/** Where one is signed in, each to be ended, and all of them at once. */
export function SessionsPanel() {
  const queryClient = useQueryClient();
  const sessions = useQuery(accountQueries.sessions());
  const end = useMutation({
    ...accountQueries.endSession(),
    onSettled: () => queryClient.invalidateQueries(accountQueries.sessions()),
  });
  const endAll = useMutation({
    ...accountQueries.endAll(),
    onSuccess: () => {
      window.location.assign("/sign-in");
    },
  });
  const error = end.error ?? endAll.error;
  return (
    <Panel
      title="Active sessions"
      id="sessions"
      aside={
        <Button
          onClick={() => {
            endAll.mutate();
          }}
          aria-disabled={endAll.isPending}
        >
          Sign out everywhere
        </Button>
      }
    >
      {error && <FormError>{error.message}</FormError>}
      <AsyncPanel what="sessions" query={sessions} height="h-24">
        {(data) => (
          <ul aria-label="Sessions" className="divide-line -my-2 divide-y">
            {data.sessions.map((session) => (
              <li key={session.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
                <p className="min-w-0">
                  <span className="font-medium">{browserText(session.user_agent)}</span>
                  {session.current && <span className="text-muted"> (this device)</span>}
                  <span className="text-muted block wrap-break-word">
                    {session.address}, last active <UtcInstant at={session.last_seen_at} />
                  </span>
                </p>
                {!session.current && (
                  <Button
                    aria-label={`Sign out ${browserText(session.user_agent)}, ${session.address}`}
                    aria-disabled={end.isPending}
                    onClick={() => {
                      end.mutate(session.id);
                    }}
                  >
                    Sign out
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </AsyncPanel>
    </Panel>
  );
}
