/**
 * The closed sets of the wire format. They are separate from the schemas made from them, because pages need the values
 * at once and the schemas, with their library, only when a response arrives.
 */

export const windowNames = ["hour", "day", "week"] as const;

export const methods = ["interpolated", "poll_count"] as const;

export const storeStates = ["online", "offline", "closed", "no_recent_check"] as const;

/** States in lists: a store that is paused or retired has no other state there. */
export const listedStates = [...storeStates, "paused", "retired"] as const;

/** `paused`: checks are stored but not counted in the fleet; `retired`: nor is the store listed. */
export const lifecycles = ["active", "paused", "retired"] as const;
export type Lifecycle = (typeof lifecycles)[number];

/** What an owner may do with a store that they were given. */
export const accessLevels = ["view", "edit", "none"] as const;
export type AccessLevel = (typeof accessLevels)[number];

/** The maximum number of tags of a store, and the longest tag. */
export const tagLimits = { count: 20, length: 40 } as const;

/**
 * Worst first: ascending uptime. `state` goes from offline over no recent check and online to closed, `state_since`
 * from the longest ago. `-` reverses an order; stores without a value come last either way.
 */
export const storeSorts = [
  "uptime_week",
  "-uptime_week",
  "uptime_day",
  "-uptime_day",
  "uptime_hour",
  "-uptime_hour",
  "-down_week",
  "down_week",
  "coverage_week",
  "-coverage_week",
  "state",
  "-state",
  "state_since",
  "-state_since",
  "name",
  "-name",
  "store_id",
  "-store_id",
] as const;

export const storePresets = ["needs_attention", "on_track"] as const;

/** A store whose uptime ratio of the last day is below this needs attention, in any state. */
export const attentionBelow = 0.95;

/** What stores can be rolled up by. */
export const rollupKinds = ["brand", "group", "time_zone", "tag"] as const;
export type RollupKind = (typeof rollupKinds)[number];

/** `start`: newest first; `down`: longest downtime first. */
export const incidentSorts = ["start", "down"] as const;
export type IncidentSort = (typeof incidentSorts)[number];

/** Kinds of public holidays. */
export const holidayTypes = ["public", "bank", "school", "optional", "observance"] as const;

/** Kinds of import files. */
export const importKindNames = ["timezones", "hours", "polls", "stores", "exceptions"] as const;

export const importStates = [
  "receiving",
  "queued",
  "running",
  "complete",
  "complete_with_rejects",
  "failed",
  "cancelled",
  "undoing",
  "undone",
] as const;

/** Events that webhooks can subscribe to. */
export const webhookEventTypes = [
  "report.completed",
  "report.failed",
  "import.completed",
  "store.offline",
  "store.online",
] as const;
export type WebhookEventType = (typeof webhookEventTypes)[number];

/** Passwords: length matters more than special characters. The server estimates their strength. */
export const passwordLength = { least: 12, most: 256 } as const;

/** Roles: an operator sees the fleet and manages access, an owner sees what they were granted. */
export const roles = ["operator", "owner"] as const;

/** `value` when it is one of `names`, else null. */
export function oneOf<const Name extends string>(names: readonly Name[], value: string): Name | null {
  return names.find((name) => name === value) ?? null;
}

/** Audited actions. Subjects and principals are numbers and ids, never names or addresses of people. */
export const auditActions = [
  ...["setup", "session.create", "session.refuse", "session.end", "session.end_all", "password.change"],
  ...["invitation.create", "invitation.accept", "invitation.remove"],
  ...["person.change", "person.remove", "person.export"],
  ...["key.create", "key.rotate", "key.revoke", "key.expose"],
  ...["store.change", "store.pause", "store.resume", "store.retire", "store.reinstate"],
  ...["store.create", "store.rename_id", "store.merge", "store.unmerge", "store.delete", "store.restore"],
  ...["exception.put", "exception.remove"],
  ...["calendar.create", "calendar.change", "calendar.remove"],
  ...["feed.set", "feed.remove", "feed.update"],
  ...["polls.remove", "polls.restore"],
  ...["import.start", "import.cancel", "import.undo"],
  ...["webhook.create", "webhook.change", "webhook.remove", "webhook.test", "webhook.replay"],
  "report.cancel",
  ...["zone_rules.update", "zone_rules.downgrade"],
] as const;
export type AuditAction = (typeof auditActions)[number];
