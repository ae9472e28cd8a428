"use client";

import { useMutation } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { FormError } from "@/components/ui/field";
import { sessionMutations } from "@/lib/client/access-queries";

/** Ends this session. */
export function SignOutButton() {
  const { mutate, isPending, isSuccess, error } = useMutation(sessionMutations.signOut());
  return (
    <div>
      <Button
        aria-disabled={isPending || isSuccess}
        onClick={() => {
          mutate(undefined, {
            onSuccess: () => {
              window.location.assign("/sign-in");
            },
          });
        }}
      >
        Sign out
      </Button>
      {error && <FormError>{error.message}</FormError>}
    </div>
  );
}
