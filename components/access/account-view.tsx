import type { SessionInfo } from "@/lib/contract/access";
import { roleText } from "./access-text";
import { OwnDataPanel } from "./own-data-panel";
import { PasswordPanel } from "./password-panel";
import { SessionsPanel } from "./sessions-panel";
import { SignOutButton } from "./sign-out-button";

/** Who one is here, where one is signed in, and what is kept about one. */
export function AccountView({ person }: { person: NonNullable<SessionInfo["person"]> }) {
  const { name, may } = roleText[person.role];
  return (
    <>
      <div className="mb-4 flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h1 className="text-xl font-semibold tracking-tight wrap-break-word">{person.name}</h1>
          <p className="text-muted wrap-break-word">
            {person.email}. {name}: {may}
          </p>
        </div>
        <SignOutButton />
      </div>
      <div className="grid items-start gap-3 lg:grid-cols-2">
        <SessionsPanel />
        <PasswordPanel email={person.email} />
        <OwnDataPanel personId={person.id} />
      </div>
    </>
  );
}
