import { z } from "zod";
import { AuditListSchema, AuditQuerySchema, CreateKeySchema, KeyListSchema, KeySchema } from "./access";
import { json, type Operation } from "./operation";
import { idempotencyErrors, idempotencyKeyHeader } from "./operation-parameters";
import { needs } from "./scopes";

const keyId = {
  key_id: { schema: z.string().regex(/^[a-z2-7]{8}$/), description: "The characters after `sm_live_`." },
};

/** API keys and the audit log. */
export const keyOperations: readonly Operation[] = [
  {
    id: "listKeys",
    access: needs.person,
    tag: "Access",
    method: "GET",
    path: "/api/v1/keys",
    summary: "List keys",
    description: "Your own keys; an operator sees all. Never with their secrets.",
    responses: [{ status: 200, description: "Newest first.", content: json("KeyList", KeyListSchema) }],
    errors: [],
    example: "/api/v1/keys",
  },
  {
    id: "createKey",
    access: needs.person,
    tag: "Access",
    method: "POST",
    path: "/api/v1/keys",
    summary: "Create a key for a program",
    description:
      "It has at most your rights. Send it as `Authorization: Bearer`, never in a URL. Two active keys may have the same name, so that programs can switch over.",
    body: {
      content: json("CreateKey", CreateKeySchema),
      example: { name: "Till system", scopes: ["polls:write"], store_ids: ["8419537941919820732"] },
    },
    headers: idempotencyKeyHeader,
    responses: [{ status: 201, description: "The key, which is never shown again.", content: json("Key", KeySchema) }],
    errors: [
      "store_not_found",
      "invalid_name",
      "invalid_scopes",
      "invalid_expires_at",
      "invalid_store_id",
      "too_many_keys",
      ...idempotencyErrors,
    ],
    example: "/api/v1/keys",
  },
  {
    id: "rotateKey",
    access: needs.person,
    tag: "Access",
    method: "POST",
    path: "/api/v1/keys/{key_id}/rotate",
    summary: "Create a key's successor",
    description: "With the same rights, under the same name. The first stays valid until you revoke it.",
    pathParameters: keyId,
    headers: idempotencyKeyHeader,
    responses: [
      { status: 201, description: "The new key, which is never shown again.", content: json("Key", KeySchema) },
    ],
    errors: ["key_not_found", "too_many_keys", ...idempotencyErrors],
    example: "/api/v1/keys/abcdefgh/rotate",
  },
  {
    id: "revokeKey",
    access: needs.person,
    tag: "Access",
    method: "DELETE",
    path: "/api/v1/keys/{key_id}",
    summary: "Revoke a key",
    description: "Once this has returned, no replica accepts it.",
    pathParameters: keyId,
    responses: [{ status: 204, description: "It is revoked." }],
    errors: ["key_not_found"],
    example: "/api/v1/keys/abcdefgh",
  },
  {
    id: "listAudit",
    access: needs.access,
    tag: "Access",
    method: "GET",
    path: "/api/v1/audit",
    summary: "List who did what, newest first",
    query: AuditQuerySchema,
    responses: [{ status: 200, description: "One page.", content: json("AuditList", AuditListSchema) }],
    errors: ["invalid_cursor", "invalid_limit", "invalid_action", "invalid_from", "invalid_to"],
    example: "/api/v1/audit?limit=2",
  },
];
