"use client";

import { useMutation } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { Field, FormError } from "@/components/ui/field";
import { sessionMutations } from "@/lib/client/access-queries";
import { textOf } from "./form-text";
import { PasswordField } from "./password-field";

/** Takes an e-mail address and a password. @param to where it leads, a page of ours */
export function SignInForm({ to }: { to: string }) {
  const { mutate, isPending, isSuccess, error } = useMutation(sessionMutations.signIn());
  const busy = isPending || isSuccess;
  return (
    <form
      // Without scripts nothing may end in the address.
      method="post"
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (busy) return;
        const form = new FormData(event.currentTarget);
        mutate(
          { email: textOf(form, "email").trim(), password: textOf(form, "password") },
          {
            // Reloads the page, which was rendered without a user.
            onSuccess: () => {
              window.location.assign(to);
            },
          },
        );
      }}
    >
      <Field id="email" label="E-mail" type="email" autoComplete="username" required maxLength={254} />
      <PasswordField id="password" label="Password" autoComplete="current-password" />
      {error && <FormError>{error.message}</FormError>}
      <Button look="primary" type="submit" aria-disabled={busy} className="w-full">
        {busy ? "Signing in…" : "Sign in"}
      </Button>
    </form>
  );
}
