"use client";

import { useMutation, type UseMutationOptions } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { Field, FormError } from "@/components/ui/field";
import { sessionMutations } from "@/lib/client/access-queries";
import { passwordLength } from "@/lib/contract/enums";
import { textOf } from "./form-text";
import { PasswordField } from "./password-field";

interface Entry {
  readonly name: string;
  readonly password: string;
}

interface CredentialsFormProps<T> {
  readonly mutation: UseMutationOptions<void, Error, T>;
  readonly bodyOf: (entry: Entry, form: FormData) => T;
  readonly withEmail: boolean;
  readonly action: string;
}

/** A name and a new password, sent with the token of a link. It signs the user in and opens the first page. */
function CredentialsForm<T>({ mutation, bodyOf, withEmail, action }: CredentialsFormProps<T>) {
  const { mutate, isPending, isSuccess, error } = useMutation(mutation);
  const busy = isPending || isSuccess;
  return (
    <form
      method="post"
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (busy) return;
        const form = new FormData(event.currentTarget);
        const entry = { name: textOf(form, "name").trim(), password: textOf(form, "password") };
        mutate(bodyOf(entry, form), {
          onSuccess: () => {
            window.location.assign("/");
          },
        });
      }}
    >
      <Field id="name" label="Name" autoComplete="name" required maxLength={100} hint="Shown to other users" />
      {withEmail && <Field id="email" label="E-mail" type="email" autoComplete="username" required maxLength={254} />}
      <PasswordField
        id="password"
        label="Password"
        autoComplete="new-password"
        minLength={passwordLength.least}
        hint={`At least ${String(passwordLength.least)} characters. Try a passphrase. Passwords that are easy to guess are rejected.`}
      />
      {error && <FormError>{error.message}</FormError>}
      <Button look="primary" type="submit" aria-disabled={busy} className="w-full">
        {busy ? "One moment…" : action}
      </Button>
    </form>
  );
}

/** Makes the first operator, by the link that the start prints. */
export function SetupForm({ token }: { token: string }) {
  return (
    <CredentialsForm
      mutation={sessionMutations.setUp()}
      bodyOf={(entry, form) => ({ token, ...entry, email: textOf(form, "email").trim() })}
      withEmail
      action="Create account"
    />
  );
}

/** Makes an account of an invitation. */
export function AcceptForm({ token }: { token: string }) {
  return (
    <CredentialsForm
      mutation={sessionMutations.accept()}
      bodyOf={(entry) => ({ token, ...entry })}
      withEmail={false}
      action="Accept and sign in"
    />
  );
}
