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
const personId = { person_id: { schema: number, description: "The person's number." } };

/** People and invitations. */
export const peopleOperations: readonly Operation[] = [
  {
    id: "listPeople",
    access: needs.access,
    tag: "Access",
    method: "GET",
    path: "/api/v1/people",
    summary: "List the people",
    responses: [{ status: 200, description: "Everybody.", content: json("PersonList", PersonListSchema) }],
    errors: [],
    example: "/api/v1/people",
  },
  {
    id: "getPerson",
    access: needs.access,
    tag: "Access",
    method: "GET",
    path: "/api/v1/people/{person_id}",
    summary: "Get a person with their grants",
    pathParameters: personId,
    responses: [{ status: 200, description: "The person.", content: json("Person", PersonSchema) }],
    errors: ["person_not_found"],
    example: "/api/v1/people/1",
  },
  {
    id: "changePerson",
    access: needs.access,
    tag: "Access",
    method: "PATCH",
    path: "/api/v1/people/{person_id}",
    summary: "Change a person's name, role or stores",
    description: "A change of role or stores signs them out everywhere. `grants` replaces all their grants.",
    pathParameters: personId,
    body: {
      content: json("ChangePerson", ChangePersonSchema),
      example: { grants: [{ store_id: "8419537941919820732", manage: true }] },
    },
    responses: [{ status: 200, description: "The person.", content: json("Person", PersonSchema) }],
    errors: ["person_not_found", "last_operator", "store_not_found", "invalid_name"],
    example: "/api/v1/people/1",
  },
  {
    id: "removePerson",
    access: needs.person,
    tag: "Access",
    method: "DELETE",
    path: "/api/v1/people/{person_id}",
    summary: "Delete a person and their data",
    description:
      "Yourself; as an operator, anyone. Their sessions end and their keys are revoked. The audit log keeps only their number, which no longer identifies anyone.",
    pathParameters: personId,
    responses: [{ status: 204, description: "The person is deleted." }],
    errors: ["person_not_found", "last_operator"],
    example: "/api/v1/people/1",
  },
  {
    id: "exportPerson",
    access: needs.person,
    tag: "Access",
    method: "GET",
    path: "/api/v1/people/{person_id}/export",
    summary: "Export a person's data",
    description: "Your own; as an operator, anyone's.",
    pathParameters: personId,
    responses: [{ status: 200, description: "All of it.", content: json("PersonExport", PersonExportSchema) }],
    errors: ["person_not_found"],
    example: "/api/v1/people/1/export",
  },
  {
    id: "listInvitations",
    access: needs.access,
    tag: "Access",
    method: "GET",
    path: "/api/v1/invitations",
    summary: "List open invitations",
    responses: [{ status: 200, description: "Without links.", content: json("InvitationList", InvitationListSchema) }],
    errors: [],
    example: "/api/v1/invitations",
  },
  {
    id: "invite",
    access: needs.access,
    tag: "Access",
    method: "POST",
    path: "/api/v1/invitations",
    summary: "Invite user",
    description: "No mail is sent: pass on the link yourself. It is good for one account, within seven days.",
    body: {
      content: json("Invite", InviteSchema),
      example: { email: "owner@example.com", role: "owner", grants: [{ group: "Downtown", manage: false }] },
    },
    responses: [
      {
        status: 201,
        description: "The invitation with its link, which is never shown again.",
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
    summary: "Revoke an invitation",
    pathParameters: { invitation_id: { schema: number, description: "The invitation's number." } },
    responses: [{ status: 204, description: "Its link is no longer valid." }],
    errors: ["invitation_not_found"],
    example: "/api/v1/invitations/1",
  },
];
