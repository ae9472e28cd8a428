"use client";

import { useMutation } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { FormError } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import { accountQueries } from "@/lib/client/access-queries";
import { passwordLength } from "@/lib/contract/enums";
import { textOf } from "./form-text";
import { PasswordField } from "./password-field";

/** Changes one's password, which signs one out everywhere else. */
export function PasswordPanel({ email }: { email: string }) {
  const { mutate, isPending, isSuccess, error } = useMutation(accountQueries.changePassword());
  return (
    <Panel title="Password" id="password-panel">
      <form
        method="post"
        className="grid max-w-sm gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isPending) return;
          const fields = event.currentTarget;
          const form = new FormData(fields);
          mutate(
            { current: textOf(form, "current-password"), password: textOf(form, "new-password") },
            {
              onSuccess: () => {
                fields.reset();
              },
            },
          );
        }}
      >
        {/* Tells password managers whose password this is. */}
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        <PasswordField id="current-password" label="Current password" autoComplete="current-password" />
        <PasswordField
          id="new-password"
          label="New password"
          autoComplete="new-password"
          minLength={passwordLength.least}
          hint={`At least ${String(passwordLength.least)} characters. You will be signed out everywhere else.`}
        />
        {error && <FormError>{error.message}</FormError>}
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" aria-disabled={isPending}>
            {isPending ? "Changing…" : "Change password"}
          </Button>
          <p role="status" className="text-muted">
            {isSuccess ? "Password changed" : ""}
          </p>
        </div>
      </form>
    </Panel>
  );
}
