import type { Metadata } from "next";
import { StoreIdSchema } from "@/lib/contract/uptime";
import { notFound } from "next/navigation";
import { findStore } from "./find-store";

export async function generateMetadata({ params }: LayoutProps<"/stores/[storeId]">): Promise<Metadata> {
  const { storeId } = await params;
  return { title: storeId };
}

/** Stands above the loading view, because once that is sent an unknown store could no longer be answered with 404. */
export default async function StoreLayout({ params, children }: LayoutProps<"/stores/[storeId]">) {
  const { storeId } = await params;
  if (!StoreIdSchema.safeParse(storeId).success) notFound();
  await findStore(storeId);
  return children;
}
