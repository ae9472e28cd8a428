import { ChangePersonSchema } from "@/lib/contract/access";
import { changePerson, getPerson, removePerson } from "@/lib/server/access/manage-people";
import { getDatabase } from "@/lib/server/database";
import { handle } from "@/lib/server/http/handle";
import { parseInput, parseNoQuery } from "@/lib/server/http/parse";
import { parsePathId } from "@/lib/server/http/path-id";
import { readJson } from "@/lib/server/http/read-json";
import { jsonResponse } from "@/lib/server/http/text-response";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle<{ personId: string }>(
  "/api/v1/people/{person_id}",
  {
    GET: async (request, { params, viewer }) => {
      parseNoQuery(request);
      return jsonResponse(
        await getPerson(getDatabase(), viewer, parsePathId((await params).personId, "person_not_found")),
      );
    },
    PATCH: async (request, { params, viewer }) => {
      parseNoQuery(request);
      const id = parsePathId((await params).personId, "person_not_found");
      const body = parseInput(ChangePersonSchema, await readJson(request));
      return jsonResponse(await changePerson(getDatabase(), viewer, id, body));
    },
    DELETE: async (request, { params, viewer }) => {
      parseNoQuery(request);
      const id = parsePathId((await params).personId, "person_not_found");
      await removePerson(getDatabase(), viewer, id);
      return new Response(null, { status: 204 });
    },
  },
);
