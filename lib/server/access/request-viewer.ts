import type { OperationAccess } from "@/lib/contract/scopes";
import { AppError } from "@/lib/server/errors";
import { anonymousViewer, openViewer, requireFleet, requireScope, type Viewer } from "./viewer";

/** Who sends a request. @throws AppError unauthorized */
function viewerOf(_request: Request): Promise<Viewer> {
  return Promise.resolve(openViewer);
}

/**
 * Who sends a request to an operation, if they may.
 * @throws AppError insufficient_scope
 */
export async function admitViewer(request: Request, { scope, wholeFleet }: OperationAccess): Promise<Viewer> {
  if (scope === "anyone") return anonymousViewer;
  const viewer = await viewerOf(request);
  if (scope !== "person") requireScope(viewer, scope);
  else if (viewer.kind !== "person") throw new AppError("insufficient_scope", "This is for people who have signed in.");
  if (wholeFleet === true) requireFleet(viewer);
  return viewer;
}
