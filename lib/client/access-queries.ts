import { auditQueryAddress, type AuditParams } from "./audit-params";
import { mutationOptions, queryOptions } from "@tanstack/react-query";
import type {
  AcceptInvitation,
  ChangePassword,
  ChangePerson,
  CreateKey,
  Invite,
  Setup,
  SignIn,
} from "@/lib/contract/access";
import { fetchDone, fetchJson } from "./fetch-json";

const contract = () => import("@/lib/contract/access");

/** Signing in and out, and the links of a first sign-in. */
export const sessionMutations = {
  signIn: () => mutationOptions({ mutationFn: (json: SignIn) => fetchDone("/api/session", { method: "POST", json }) }),
  signOut: () => mutationOptions({ mutationFn: () => fetchDone("/api/session", { method: "DELETE" }) }),
  setUp: () => mutationOptions({ mutationFn: (json: Setup) => fetchDone("/api/setup", { method: "POST", json }) }),
  accept: () =>
    mutationOptions({
      mutationFn: (json: AcceptInvitation) => fetchDone("/api/invitations/accept", { method: "POST", json }),
    }),
};

/** One's own sessions and password. */
export const accountQueries = {
  sessions: () =>
    queryOptions({
      queryKey: ["account", "sessions"],
      queryFn: async ({ signal }) =>
        fetchJson("/api/v1/sessions", async () => (await contract()).SignedInListSchema, { signal }),
    }),
  endSession: () =>
    mutationOptions({
      mutationFn: (id: number) => fetchDone(`/api/v1/sessions/${String(id)}`, { method: "DELETE" }),
    }),
  endAll: () => mutationOptions({ mutationFn: () => fetchDone("/api/v1/sessions", { method: "DELETE" }) }),
  changePassword: () =>
    mutationOptions({
      mutationFn: (json: ChangePassword) => fetchDone("/api/v1/password", { method: "POST", json }),
    }),
};

export const peopleQueries = {
  all: () => ["people"] as const,
  people: () =>
    queryOptions({
      queryKey: [...peopleQueries.all(), "list"],
      queryFn: ({ signal }) => fetchJson("/api/v1/people", async () => (await contract()).PersonListSchema, { signal }),
    }),
  invitations: () =>
    queryOptions({
      queryKey: [...peopleQueries.all(), "invitations"],
      queryFn: ({ signal }) =>
        fetchJson("/api/v1/invitations", async () => (await contract()).InvitationListSchema, { signal }),
    }),
  invite: () =>
    mutationOptions({
      mutationFn: (json: Invite) =>
        fetchJson("/api/v1/invitations", async () => (await contract()).InvitationSchema, { method: "POST", json }),
    }),
  withdraw: () =>
    mutationOptions({
      mutationFn: (id: number) => fetchDone(`/api/v1/invitations/${String(id)}`, { method: "DELETE" }),
    }),
  change: () =>
    mutationOptions({
      mutationFn: ({ id, ...json }: ChangePerson & { readonly id: number }) =>
        fetchJson(`/api/v1/people/${String(id)}`, async () => (await contract()).PersonSchema, {
          method: "PATCH",
          json,
        }),
    }),
  remove: () =>
    mutationOptions({ mutationFn: (id: number) => fetchDone(`/api/v1/people/${String(id)}`, { method: "DELETE" }) }),
};

export const keyQueries = {
  all: () => ["keys"] as const,
  list: () =>
    queryOptions({
      queryKey: [...keyQueries.all(), "list"],
      queryFn: ({ signal }) => fetchJson("/api/v1/keys", async () => (await contract()).KeyListSchema, { signal }),
    }),
  create: () =>
    mutationOptions({
      mutationFn: (json: CreateKey) =>
        fetchJson("/api/v1/keys", async () => (await contract()).KeySchema, { method: "POST", json }),
    }),
  rotate: () =>
    mutationOptions({
      mutationFn: (id: string) =>
        fetchJson(`/api/v1/keys/${id}/rotate`, async () => (await contract()).KeySchema, { method: "POST" }),
    }),
  revoke: () => mutationOptions({ mutationFn: (id: string) => fetchDone(`/api/v1/keys/${id}`, { method: "DELETE" }) }),
};

export const auditQueries = {
  list: (params: AuditParams) =>
    queryOptions({
      queryKey: ["audit", "list", params],
      queryFn: ({ signal }) => {
        return fetchJson(auditQueryAddress(params), async () => (await contract()).AuditListSchema, { signal });
      },
    }),
};
