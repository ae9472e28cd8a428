import { createServer } from "node:net";

/** @throws {Error} in words for people, where another program listens there or the interface is not this machine's */
export function assertPortFree(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", (cause: Error & { code?: string }) => {
      const reason =
        cause.code === "EADDRINUSE"
          ? `Port ${port} on ${host} is taken by another program: stop that one, or set PORT (PORT=0 takes any free port).`
          : `Cannot serve on ${host}, port ${port}: ${cause.message}.`;
      reject(new Error(reason, { cause }));
    });
    server.listen(port, host, () => {
      server.close(() => {
        resolve();
      });
    });
  });
}
