import { z } from "zod";
import { AuditListSchema, AuditQuerySchema, CreateKeySchema, KeyListSchema, KeySchema } from "./access";
import { json, type Operation } from "./operation";
import { idempotencyErrors, idempotencyKeyHeader } from "./operation-parameters";
import { needs } from "./scopes";

const keyId = {
  key_id: { schema: z.string().regex(/^[a-z2-7]{8}$/), description: "The eight characters after `sm_live_`." },
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
    description: "Your own keys; all keys for an operator. Secrets are never included.",
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
    summary: "Create a key",
    description:
      "A key never has more permissions than you. Send it as `Authorization: Bearer`, never in a URL. Two active keys may share a name, so that you can switch without downtime.",
    body: {
      content: json("CreateKey", CreateKeySchema),
      example: { name: "Till system", scopes: ["polls:write"], store_ids: ["8419537941919820732"] },
    },
    headers: idempotencyKeyHeader,
    responses: [{ status: 201, description: "The key. It is never shown again.", content: json("Key", KeySchema) }],
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
    summary: "Rotate a key",
    description: "Creates a key with the same name and permissions. The old key keeps working until you revoke it.",
    pathParameters: keyId,
    headers: idempotencyKeyHeader,
    responses: [{ status: 201, description: "The new key. It is never shown again.", content: json("Key", KeySchema) }],
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
    description: "No replica accepts the key once this returns.",
    pathParameters: keyId,
    responses: [{ status: 204, description: "Key revoked." }],
    errors: ["key_not_found"],
    example: "/api/v1/keys/abcdefgh",
  },
  {
    id: "listAudit",
    access: needs.access,
    tag: "Access",
    method: "GET",
    path: "/api/v1/audit",
    summary: "List audit log entries",
    query: AuditQuerySchema,
    responses: [{ status: 200, description: "One page, newest first.", content: json("AuditList", AuditListSchema) }],
    errors: ["invalid_cursor", "invalid_limit", "invalid_action", "invalid_from", "invalid_to"],
    example: "/api/v1/audit?limit=2",
  },
];
