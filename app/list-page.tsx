import type { ComponentType } from "react";
import type { QueryKey } from "@tanstack/react-query";
import { PageData } from "@/components/ui/page-data";
import { parseListCursor } from "@/lib/client/page-params";
import { makeQueryClient, packQueries } from "@/lib/client/query-client";
import type { OperationAccess } from "@/lib/contract/scopes";
import type { Viewer } from "@/lib/server/access/viewer";
import { getDatabase } from "@/lib/server/database";
import { AppError } from "@/lib/server/errors";
import { allowedViewer } from "@/lib/server/http/page-viewer";
import { isClientNavigation } from "@/lib/server/http/client-navigation";

const rowsPerPage = 50;

/** A page that shows a list by pages: the imports, the reports. */
interface ListPage {
  /** Who may see it; others get 403. */
  readonly access: OperationAccess;
  /** The key by which the browser's query of that page finds its data. */
  readonly queryKey: (cursor: string | null) => QueryKey;
  readonly list: (
    database: ReturnType<typeof getDatabase>,
    viewer: Viewer,
    query: { readonly limit: number; readonly cursor?: string },
  ) => Promise<unknown>;
  readonly View: ComponentType<{ readonly cursor: string | null; readonly notices: readonly string[] }>;
}

async function prefetch({ access, queryKey, list }: ListPage, cursor: string | null) {
  const viewer = await allowedViewer(access);
  const queryClient = makeQueryClient();
  // The first page needs no check that there is one, so an open page may ask for it itself.
  if (cursor === null && (await isClientNavigation())) return packQueries(queryClient);
  const query = { limit: rowsPerPage, ...(cursor === null ? {} : { cursor }) };
  await queryClient.query({
    queryKey: queryKey(cursor),
    retry: false,
    queryFn: () => list(getDatabase(), viewer, query),
  });
  return packQueries(queryClient);
}

/** The page of the list that the address asks for, or the first one where its cursor belongs to no list. */
async function prefetchOrFirstPage(page: ListPage, cursor: string | null) {
  try {
    return { cursor, notices: [], packed: await prefetch(page, cursor) };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "invalid_cursor") throw error;
    const notices = ["That page has expired; showing page 1."];
    return { cursor: null, notices, packed: await prefetch(page, null) };
  }
}

/** Renders the page of a list that the address names, with its rows. */
export async function renderListPage(page: ListPage, params: Parameters<typeof parseListCursor>[0]) {
  const { cursor, notices, packed } = await prefetchOrFirstPage(page, parseListCursor(params));
  const { View } = page;
  return (
    <PageData packed={packed}>
      <View cursor={cursor} notices={notices} />
    </PageData>
  );
}
