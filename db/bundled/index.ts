/*
 * The bundled PostgreSQL, for those who bring no database by DATABASE_URL. This is the only file of the folder that others
 * import (`npm run check` holds that).
 */

/** Starts the database of a data folder or adopts the one that runs; released by its last user, it stops. */
export { acquireBundledDatabase, type BundledDatabase } from "./supervisor-client";
export { AlreadyStartedError } from "./supervisor-connection";
export type { ClientRole } from "./supervisor-protocol";

/** Where the data lie, of this project and of others. */
export { abandonedClusters, listClusters, removeClusterFolder, systemFolder, type KeptCluster } from "./cluster-place";

/** The process that starts and stops the server. */
export { runSupervisor } from "./supervisor";
