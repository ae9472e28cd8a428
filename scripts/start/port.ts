import { createServer } from "node:net";
import { StartError } from "@/db/start-error";

/**
 * @throws {Error} with a user-readable message when another program listens there or the interface is not this
 *   machine's
 */
export function assertPortFree(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", (cause: Error & { code?: string }) => {
      reject(new StartError(reasonOf(cause, host, port), { cause }));
    });
    server.listen(port, host, () => {
      server.close(() => {
        resolve();
      });
    });
  });
}

/** Whether `assertPortFree` failed because another program serves there. */
export function isPortTaken(error: unknown): boolean {
  return (
    error instanceof StartError &&
    error.cause instanceof Error &&
    "code" in error.cause &&
    error.cause.code === "EADDRINUSE"
  );
}

function reasonOf({ code, message }: Error & { readonly code?: string }, host: string, port: number): string {
  switch (code) {
    case "EADDRINUSE":
      return `Port ${port} on ${host} is taken by another program: stop that one, or set PORT (PORT=0 takes any free port).`;
    case "EACCES":
      return `Port ${port} requires privileges that this user lacks: set PORT to 1024 or more, with a proxy in front if necessary.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
    case "EINVAL":
      return `${host} is not an address of this machine: set HOST to one, such as 127.0.0.1, or 0.0.0.0 for all.`;
    default:
      return `Cannot serve on ${host}, port ${port}: ${message}. Set HOST and PORT.`;
  }
}
