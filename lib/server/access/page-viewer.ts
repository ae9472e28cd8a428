import { openViewer, type Viewer } from "./viewer";

/** Who looks at a page. */
export function pageViewer(): Promise<Viewer> {
  return Promise.resolve(openViewer);
}
