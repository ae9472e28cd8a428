/*
 * The bundled PostgreSQL, used when DATABASE_URL is not set. This is the only file of the folder that others import
 * (checked by `npm run check`).
 */

/** Starts the database of a data folder or adopts a running one; it stops when its last user releases it. */
export { acquireBundledDatabase, type BundledDatabase } from "./supervisor-client";
export { AlreadyStartedError } from "./supervisor-connection";
export type { ClientRole } from "./supervisor-protocol";

/** Locations of the data folders of this and other projects. */
export { abandonedClusters, listClusters, removeClusterFolder, systemFolder, type KeptCluster } from "./cluster-folder";

/** The process that starts and stops the server. */
export { runSupervisor } from "./supervisor";
