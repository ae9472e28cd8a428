import { z } from "zod";
import { auditActions, passwordLength, roles } from "./enums";
import { scopes } from "./scopes";
import { SentInstantSchema, StoreIdSchema } from "./uptime";

export const RoleSchema = z.enum(roles);
export type Role = z.infer<typeof RoleSchema>;

export const ScopeSchema = z.enum(scopes);

const instant = z.iso.datetime();
const id = z.int().positive();
const NameSchema = z.string().trim().min(1).max(100);
export const EmailSchema = z.email().max(254).toLowerCase();
export const PasswordSchema = z
  .string()
  .min(passwordLength.least, `A password has at least ${passwordLength.least} characters.`)
  .max(passwordLength.most, `A password has at most ${passwordLength.most} characters.`);
const TokenSchema = z.string().min(20).max(100);

/** One store, or all stores of a group, including later ones. `manage`: may also change them. */
export const GrantSchema = z.union([
  z.strictObject({ store_id: StoreIdSchema, manage: z.boolean() }),
  z.strictObject({ group: z.string().min(1).max(200), manage: z.boolean() }),
]);
export type Grant = z.infer<typeof GrantSchema>;
/** The maximum number of stores and groups of one person. */
export const mostGrants = 1_000;
const GrantsSchema = z.array(GrantSchema).max(mostGrants);

/** `GET /api/session`: who the caller is. `open`: no access control, everyone may do everything. */
export const SessionSchema = z.object({
  access: z.enum(["open", "person", "key"]),
  person: z.object({ id, name: z.string(), email: z.string(), role: RoleSchema }).nullable(),
  /** What the caller may do. */
  scopes: z.array(ScopeSchema),
  /** Whether the caller sees every store. */
  whole_fleet: z.boolean(),
});
export type SessionInfo = z.infer<typeof SessionSchema>;

/** `POST /api/session` */
export const SignInSchema = z.strictObject({
  email: EmailSchema,
  password: z.string().min(1).max(passwordLength.most),
});
export type SignIn = z.infer<typeof SignInSchema>;

/** `POST /api/setup`: the first operator, by the link that `npm start` prints. */
export const SetupSchema = z.strictObject({
  token: TokenSchema,
  name: NameSchema,
  email: EmailSchema,
  password: PasswordSchema,
});
export type Setup = z.infer<typeof SetupSchema>;

/** `POST /api/invitations/accept` */
export const AcceptInvitationSchema = z.strictObject({
  token: TokenSchema,
  name: NameSchema,
  password: PasswordSchema,
});
export type AcceptInvitation = z.infer<typeof AcceptInvitationSchema>;

/** `POST /api/v1/password` */
export const ChangePasswordSchema = z.strictObject({
  current: z.string().min(1).max(passwordLength.most),
  password: PasswordSchema,
});
export type ChangePassword = z.infer<typeof ChangePasswordSchema>;

/** A session of a signed-in person. */
export const SignedInSchema = z.object({
  id,
  /** Whether it is the session of this request. */
  current: z.boolean(),
  created_at: instant,
  last_seen_at: instant,
  expires_at: instant,
  user_agent: z.string(),
  address: z.string(),
});
export const SignedInListSchema = z.object({ sessions: z.array(SignedInSchema) });
export type SignedInList = z.infer<typeof SignedInListSchema>;

export const PersonSchema = z.object({
  id,
  name: z.string(),
  email: z.string(),
  role: RoleSchema,
  grants: z.array(GrantSchema),
  created_at: instant,
  last_seen_at: instant.nullable(),
});
export type Person = z.infer<typeof PersonSchema>;
/** The names of those stores in grants that have one. */
const GrantedStoresSchema = z
  .array(z.object({ store_id: StoreIdSchema, name: z.string() }))
  .describe("The stores in `grants` that have a name.");
export type GrantedStores = z.infer<typeof GrantedStoresSchema>;

export const PersonListSchema = z.object({ people: z.array(PersonSchema), granted_stores: GrantedStoresSchema });
export type PersonList = z.infer<typeof PersonListSchema>;

/** Omitted fields keep their value. A change of role or grants signs the person out everywhere. */
export const ChangePersonSchema = z.strictObject({
  name: NameSchema.optional(),
  role: RoleSchema.optional(),
  grants: GrantsSchema.optional(),
});
export type ChangePerson = z.infer<typeof ChangePersonSchema>;

/** Everything that is stored about a person, for export. */
export const PersonExportSchema = z.object({
  person: PersonSchema,
  sessions: z.array(SignedInSchema.omit({ current: true })),
  keys: z.array(z.object({ id: z.string(), name: z.string(), created_at: instant })),
  audit: z.array(z.object({ at: instant, action: z.string(), subject: z.string() })),
});
export type PersonExport = z.infer<typeof PersonExportSchema>;

export const InviteSchema = z.strictObject({ email: EmailSchema, role: RoleSchema, grants: GrantsSchema.default([]) });
export type Invite = z.infer<typeof InviteSchema>;

export const InvitationSchema = z.object({
  id,
  email: z.string(),
  role: RoleSchema,
  grants: z.array(GrantSchema),
  created_at: instant,
  expires_at: instant,
  /** Only in the response that created it: path and query of the page that accepts it. */
  link: z.string().optional(),
});
export type Invitation = z.infer<typeof InvitationSchema>;
export const InvitationListSchema = z.object({
  invitations: z.array(InvitationSchema),
  granted_stores: GrantedStoresSchema,
});
export type InvitationList = z.infer<typeof InvitationListSchema>;

export const CreateKeySchema = z.strictObject({
  name: NameSchema,
  scopes: z.array(ScopeSchema).min(1),
  /** Omitted: all stores that its creator sees. */
  store_ids: z.array(StoreIdSchema).min(1).max(1_000).optional(),
  /** Omitted: it does not expire. */
  expires_at: SentInstantSchema.optional(),
});
export type CreateKey = z.infer<typeof CreateKeySchema>;

export const KeySchema = z.object({
  /** The eight characters after `sm_live_`, which identify the key in lists and logs. */
  id: z.string(),
  name: z.string(),
  scopes: z.array(ScopeSchema),
  /** Null: all stores that its creator sees. */
  store_ids: z.array(z.string()).nullable(),
  state: z.enum(["active", "expired", "revoked"]),
  /** `person:7` */
  created_by: z.string(),
  created_at: instant,
  expires_at: instant.nullable(),
  revoked_at: instant.nullable(),
  /** Accurate to five minutes. */
  last_used_at: instant.nullable(),
  /** When it was found in a URL, where logs and others may have read it: rotate it. */
  exposed_at: instant.nullable(),
  /** Only in the response that created it, and never again. */
  key: z.string().optional(),
});
export type Key = z.infer<typeof KeySchema>;
export const KeyListSchema = z.object({ keys: z.array(KeySchema) });
export type KeyList = z.infer<typeof KeyListSchema>;

export const AuditEntrySchema = z.object({
  id,
  at: instant,
  /** Who did it: `person:7`, `key:abcd2345`, `system`. */
  principal: z.string(),
  /** The current name of the person or key; null for a deleted one, and for other principals. */
  name: z.string().nullable(),
  /** `key.create`, `person.remove` … */
  action: z.string(),
  /** Its target: `key:abcd2345`, `store:8419…`. */
  subject: z.string(),
  /** The current name of a person, key or store; null for a deleted one, one without a name, and other targets. */
  subject_name: z.string().nullable(),
  address: z.string(),
});
export const AuditListSchema = z.object({ entries: z.array(AuditEntrySchema), next_cursor: z.string().nullable() });
export type AuditList = z.infer<typeof AuditListSchema>;
export const AuditQuerySchema = z.strictObject({
  /** Only actions of this principal. */
  principal: z.string().min(1).max(100).optional(),
  action: z.enum(auditActions).optional(),
  /** Only actions on this target. */
  subject: z.string().min(1).max(300).optional(),
  /** From this instant on, and before that one. */
  from: SentInstantSchema.optional(),
  to: SentInstantSchema.optional(),
  cursor: z.string().min(1).max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type AuditQuery = z.infer<typeof AuditQuerySchema>;
