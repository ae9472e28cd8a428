import type { AuditList } from "@/lib/contract/access";
import { auditActions, oneOf, type AuditAction } from "@/lib/contract/enums";
import { principalText } from "./principal-text";

type AuditEntry = AuditList["entries"][number];

/** An action as a filter names it, and as a sentence says it: after the actor, with the target in place of `{}`. */
const actions: Record<AuditAction, readonly [name: string, sentence: string]> = {
  setup: ["Admin account created", "created the admin account"],
  "session.create": ["Sign-in", "signed in"],
  "session.refuse": ["Failed sign-in", "failed to sign in as {}"],
  "session.end": ["Sign-out", "signed out"],
  "session.end_all": ["Sign-out everywhere", "signed out everywhere"],
  "password.change": ["Password changed", "changed their password"],
  "invitation.create": ["Invite created", "created {}"],
  "invitation.accept": ["Invite accepted", "accepted {}"],
  "invitation.remove": ["Invite revoked", "revoked {}"],
  "person.change": ["User edited", "edited the access of {}"],
  "person.remove": ["User removed", "removed {}"],
  "person.export": ["User data exported", "exported the data of {}"],
  "key.create": ["Key created", "created {}"],
  "key.rotate": ["Key rotated", "rotated {}"],
  "key.revoke": ["Key revoked", "revoked {}"],
  "key.expose": ["Key found in a URL", "found {} in a URL"],
  "store.change": ["Store edited", "edited {}"],
  "store.pause": ["Store paused", "paused {}"],
  "store.resume": ["Store resumed", "resumed {}"],
  "store.retire": ["Store retired", "retired {}"],
  "store.reinstate": ["Store reinstated", "reinstated {}"],
  "store.create": ["Store created", "created {}"],
  "store.rename_id": ["Store ID changed", "changed the ID of {}"],
  "store.merge": ["Stores merged", "merged another store into {}"],
  "store.unmerge": ["Merge undone", "undid a merge into {}"],
  "store.delete": ["Store deleted", "deleted {}"],
  "store.restore": ["Store restored", "restored {}"],
  "exception.put": ["Special hours set", "set special hours of {}"],
  "exception.remove": ["Special hours deleted", "deleted special hours of {}"],
  "calendar.create": ["Calendar created", "created {}"],
  "calendar.change": ["Calendar edited", "edited {}"],
  "calendar.remove": ["Calendar deleted", "deleted {}"],
  "feed.set": ["Calendar feed set", "set the feed of {}"],
  "feed.remove": ["Calendar feed removed", "removed the feed of {}"],
  "feed.update": ["Calendar feed changed", "read new dates of {}"],
  "polls.remove": ["Checks removed", "removed checks of {}"],
  "polls.restore": ["Checks restored", "restored checks of {}"],
  "import.start": ["File uploaded", "uploaded a file as {}"],
  "import.cancel": ["Import cancelled", "cancelled {}"],
  "import.undo": ["Import undone", "undid {}"],
  "webhook.create": ["Webhook created", "created {}"],
  "webhook.change": ["Webhook edited", "edited {}"],
  "webhook.remove": ["Webhook deleted", "deleted {}"],
  "webhook.test": ["Webhook tested", "sent a test message to {}"],
  "webhook.replay": ["Webhook delivery replayed", "replayed a delivery to {}"],
  "report.cancel": ["Report cancelled", "cancelled {}"],
  "zone_rules.update": ["Time zone rules updated", "updated the time zone rules: {}"],
  "zone_rules.downgrade": ["Time zone rules downgraded", "went back to older time zone rules: {}"],
};

/** "Key revoked" */
export function actionText(action: AuditAction): string {
  return actions[action][0];
}

const nouns: Readonly<Record<string, string>> = {
  key: "key",
  store: "store",
  import: "import",
  report: "report",
  webhook: "webhook",
  calendar: "calendar",
  invitation: "invite",
};

/** What was acted on: "Maria", "key POS", "store Main Street", "import 12". */
export function targetText({ subject, subject_name: name }: Pick<AuditEntry, "subject" | "subject_name">): string {
  const at = subject.indexOf(":");
  const kind = subject.slice(0, at);
  const id = subject.slice(at + 1);
  if (kind === "person") return name ?? `user ${id}`;
  const noun = nouns[kind];
  if (noun === undefined) return subject === "nobody" ? "an unknown user" : subject;
  return `${noun} ${name ?? id}`;
}

/** An entry as a sentence in parts: actor, what they did, its target, and what follows it. */
interface AuditSentence {
  readonly actor: string;
  readonly before: string;
  /** Null where the sentence names no target. */
  readonly target: string | null;
  readonly after: string;
}

/** "Maria revoked key POS" in parts; an action that is not known here keeps its code. */
export function auditSentence(entry: AuditEntry): AuditSentence {
  const known = oneOf(auditActions, entry.action);
  const [before = "", after] = (known === null ? `${entry.action} {}` : actions[known][1]).split("{}");
  const hasTarget = after !== undefined;
  return {
    actor: principalText(entry),
    before: before.trim(),
    target: hasTarget ? targetText(entry) : null,
    after: (after ?? "").trim(),
  };
}
