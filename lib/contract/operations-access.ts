import { z } from "zod";
import {
  AcceptInvitationSchema,
  ChangePasswordSchema,
  SessionSchema,
  SetupSchema,
  SignInSchema,
  SignedInListSchema,
} from "./access";
import { json, type Operation } from "./operation";
import { needs } from "./scopes";

const number = z.string().regex(/^[1-9][0-9]{0,17}$/);
const sessionInfo = json("Session", SessionSchema);
const signedIn = [
  {
    status: 201,
    description: "The signed-in user. The session is in the cookie.",
    content: sessionInfo,
    headers: { "Set-Cookie": "The session." },
  },
];
const token = "not-a-token-of-anybody-0000000000000000000";
const password = "a sentence that only I would write";

/** Access: setup, invitations and sessions. */
export const accessOperations: readonly Operation[] = [
  {
    id: "setUp",
    access: needs.nothing,
    tag: "Access",
    method: "POST",
    path: "/api/setup",
    summary: "Create the admin account",
    description: "With the token of the link that the server prints on startup. Single use, valid for 15 minutes.",
    body: {
      content: json("Setup", SetupSchema),
      example: { token, name: "Ada", email: "ada@example.com", password },
    },
    responses: signedIn,
    errors: [
      ...["invalid_email", "invalid_name", "invalid_password", "weak_password", "link_not_valid", "already_set_up"],
      ...["email_taken", "cross_site_request", "rate_limited", "not_found"],
    ],
    example: "/api/setup",
  },
  {
    id: "acceptInvitation",
    access: needs.nothing,
    tag: "Access",
    method: "POST",
    path: "/api/invitations/accept",
    summary: "Accept an invite",
    body: { content: json("AcceptInvitation", AcceptInvitationSchema), example: { token, name: "Olu", password } },
    responses: signedIn,
    errors: [
      ...["invalid_name", "invalid_password", "weak_password", "link_not_valid", "email_taken", "cross_site_request"],
      ...["rate_limited", "not_found"],
    ],
    example: "/api/invitations/accept",
  },
  {
    id: "getSession",
    access: needs.nothing,
    tag: "Access",
    method: "GET",
    path: "/api/session",
    summary: "Get the current session",
    responses: [{ status: 200, description: "The current user or key, and its permissions.", content: sessionInfo }],
    errors: ["unauthenticated", "setup_required"],
    example: "/api/session",
  },
  {
    id: "signIn",
    access: needs.nothing,
    tag: "Access",
    method: "POST",
    path: "/api/session",
    summary: "Sign in",
    description: "The response, and the time it takes, are the same whether or not the account exists.",
    body: { content: json("SignIn", SignInSchema), example: { email: "ada@example.com", password } },
    responses: [
      {
        status: 200,
        description: "The signed-in user. The session is in the cookie.",
        content: sessionInfo,
        headers: { "Set-Cookie": "The session." },
      },
    ],
    errors: [
      ...["invalid_email", "invalid_password", "wrong_password", "setup_required", "cross_site_request"],
      ...["rate_limited", "not_found"],
    ],
    example: "/api/session",
  },
  {
    id: "signOut",
    access: needs.nothing,
    tag: "Access",
    method: "DELETE",
    path: "/api/session",
    summary: "Sign out",
    responses: [{ status: 204, description: "Signed out." }],
    errors: ["cross_site_request"],
    example: "/api/session",
  },
  {
    id: "listSessions",
    access: needs.person,
    tag: "Access",
    method: "GET",
    path: "/api/v1/sessions",
    summary: "List active sessions",
    responses: [
      { status: 200, description: "Most recently used first.", content: json("SignedInList", SignedInListSchema) },
    ],
    errors: [],
    example: "/api/v1/sessions",
  },
  {
    id: "signOutEverywhere",
    access: needs.person,
    tag: "Access",
    method: "DELETE",
    path: "/api/v1/sessions",
    summary: "Sign out everywhere",
    responses: [{ status: 204, description: "All your sessions have ended." }],
    errors: [],
    example: "/api/v1/sessions",
  },
  {
    id: "endSession",
    access: needs.person,
    tag: "Access",
    method: "DELETE",
    path: "/api/v1/sessions/{session_id}",
    summary: "End a session",
    pathParameters: { session_id: { schema: number, description: "The session ID." } },
    responses: [{ status: 204, description: "Session ended." }],
    errors: ["session_not_found"],
    example: "/api/v1/sessions/1",
  },
  {
    id: "changePassword",
    access: needs.person,
    tag: "Access",
    method: "POST",
    path: "/api/v1/password",
    summary: "Change your password",
    description: "Signs you out everywhere else. This session continues with a new cookie.",
    body: {
      content: json("ChangePassword", ChangePasswordSchema),
      example: { current: password, password: "another sentence that only I would write" },
    },
    responses: [
      {
        status: 200,
        description: "Password changed.",
        content: sessionInfo,
        headers: { "Set-Cookie": "The new session." },
      },
    ],
    errors: ["invalid_password", "weak_password", "wrong_password", "rate_limited"],
    example: "/api/v1/password",
  },
];
