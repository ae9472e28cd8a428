import { ensureBuild } from "@/scripts/start/build";

/** Replicas serve the built pages. */
export default async function setup(): Promise<void> {
  await ensureBuild(new AbortController().signal, () => undefined);
}
