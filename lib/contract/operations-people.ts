import { z } from "zod";
import {
  ChangePersonSchema,
  InvitationListSchema,
  InvitationSchema,
  InviteSchema,
  PersonExportSchema,
  PersonListSchema,
  PersonSchema,
} from "./access";
import { json, type Operation } from "./operation";
import { idempotencyErrors, idempotencyKeyHeader } from "./operation-parameters";
import { needs } from "./scopes";

const number = z.string().regex(/^[1-9][0-9]{0,17}$/);
const personId = { person_id: { schema: number, description: "The user ID." } };

/** People and invitations. */
export const peopleOperations: readonly Operation[] = [
  {
    id: "listPeople",
    access: needs.access,
    tag: "Access",
    method: "GET",
    path: "/api/v1/people",
    summary: "List users",
    responses: [{ status: 200, description: "All users.", content: json("PersonList", PersonListSchema) }],
    errors: [],
    example: "/api/v1/people",
  },
  {
    id: "getPerson",
    access: needs.access,
    tag: "Access",
    method: "GET",
    path: "/api/v1/people/{person_id}",
    summary: "Get a user",
    pathParameters: personId,
    responses: [{ status: 200, description: "The user.", content: json("Person", PersonSchema) }],
    errors: ["person_not_found"],
    example: "/api/v1/people/1",
  },
  {
    id: "changePerson",
    access: needs.access,
    tag: "Access",
    method: "PATCH",
    path: "/api/v1/people/{person_id}",
    summary: "Update a user",
    description:
      "Name, role or stores. A change of role or stores signs the user out everywhere. `grants` replaces all previous grants.",
    pathParameters: personId,
    body: {
      content: json("ChangePerson", ChangePersonSchema),
      example: { grants: [{ store_id: "8419537941919820732", manage: true }] },
    },
    responses: [{ status: 200, description: "The user.", content: json("Person", PersonSchema) }],
    errors: ["person_not_found", "last_operator", "store_not_found", "invalid_name"],
    example: "/api/v1/people/1",
  },
  {
    id: "removePerson",
    access: needs.person,
    tag: "Access",
    method: "DELETE",
    path: "/api/v1/people/{person_id}",
    summary: "Delete a user",
    description:
      "Yourself, or anyone for an operator. Ends their sessions and revokes their keys. The audit log keeps only their ID.",
    pathParameters: personId,
    responses: [{ status: 204, description: "User deleted." }],
    errors: ["person_not_found", "last_operator"],
    example: "/api/v1/people/1",
  },
  {
    id: "exportPerson",
    access: needs.person,
    tag: "Access",
    method: "GET",
    path: "/api/v1/people/{person_id}/export",
    summary: "Export a user's data",
    description: "Your own data, or anyone's for an operator.",
    pathParameters: personId,
    responses: [
      {
        status: 200,
        description: "All stored data about the user.",
        content: json("PersonExport", PersonExportSchema),
      },
    ],
    errors: ["person_not_found"],
    example: "/api/v1/people/1/export",
  },
  {
    id: "listInvitations",
    access: needs.access,
    tag: "Access",
    method: "GET",
    path: "/api/v1/invitations",
    summary: "List pending invites",
    responses: [
      {
        status: 200,
        description: "Pending invites, without links.",
        content: json("InvitationList", InvitationListSchema),
      },
    ],
    errors: [],
    example: "/api/v1/invitations",
  },
  {
    id: "invite",
    access: needs.access,
    tag: "Access",
    method: "POST",
    path: "/api/v1/invitations",
    summary: "Create an invite",
    description: "No e-mail is sent; share the link yourself. It works once, within seven days.",
    body: {
      content: json("Invite", InviteSchema),
      example: { email: "owner@example.com", role: "owner", grants: [{ group: "Downtown", manage: false }] },
    },
    responses: [
      {
        status: 201,
        description: "The invite with its link. The link is never shown again.",
        content: json("Invitation", InvitationSchema),
      },
    ],
    headers: idempotencyKeyHeader,
    errors: ["email_taken", "store_not_found", "invalid_email", ...idempotencyErrors],
    example: "/api/v1/invitations",
  },
  {
    id: "removeInvitation",
    access: needs.access,
    tag: "Access",
    method: "DELETE",
    path: "/api/v1/invitations/{invitation_id}",
    summary: "Revoke an invite",
    pathParameters: { invitation_id: { schema: number, description: "The invite ID." } },
    responses: [{ status: 204, description: "Invite revoked; its link no longer works." }],
    errors: ["invitation_not_found"],
    example: "/api/v1/invitations/1",
  },
];
