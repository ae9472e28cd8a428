import { removeInvitation } from "@/lib/server/access/invitations";
import { getDatabase } from "@/lib/server/database";
import { handle } from "@/lib/server/http/handle";
import { parseNoQuery } from "@/lib/server/http/parse";
import { parsePathId } from "@/lib/server/http/path-id";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle<{ invitationId: string }>(
  "/api/v1/invitations/{invitation_id}",
  {
    DELETE: async (request, { params, viewer }) => {
      parseNoQuery(request);
      const id = parsePathId((await params).invitationId, "invitation_not_found");
      await removeInvitation(getDatabase(), viewer, id);
      return new Response(null, { status: 204 });
    },
  },
);
