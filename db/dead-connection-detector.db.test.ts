import { once } from "node:events";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DeadConnectionDetector } from "./dead-connection-detector";

/** Parse, with nothing in it, and what it ends with: Flush requests a description, Sync an execution. */
const parse = [80, 0, 0, 0, 8, 0, 0, 0, 0];
const withFlush = Buffer.from([...parse, 72, 0, 0, 0, 4]);
const withSync = Buffer.from([...parse, 83, 0, 0, 0, 4]);
const tlsRequestBytes = 8;

describe("a connection without a response", () => {
  let server: Server;
  const sockets: Socket[] = [];

  beforeEach(async () => {
    // It only responds to the question whether it is alive.
    server = createServer((socket) => {
      socket.on("error", () => undefined);
      socket.on("data", (bytes) => bytes.length === tlsRequestBytes && socket.write("N"));
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
    server.close();
  });

  async function connected(detector: DeadConnectionDetector): Promise<Socket> {
    const socket = detector.open();
    sockets.push(socket);
    await once(socket, "connect");
    return socket;
  }

  it("is closed if it waits for a description, and kept if it waits for a result", async () => {
    const { port } = server.address() as AddressInfo;
    const detector = new DeadConnectionDetector({ path: null, host: "127.0.0.1", port }, 0, () => 100);
    const [describing, executing, describingLater] = await Promise.all([1, 2, 3].map(() => connected(detector)));
    executing?.write(withSync);
    describingLater?.write(withSync);
    describingLater?.write(withFlush);
    describing?.write(withFlush);
    const [error] = (await once(describing ?? server, "error")) as [Error];
    expect(error).toMatchObject({ code: "ETIMEDOUT" });
    expect([executing?.destroyed, describingLater?.destroyed]).toEqual([false, false]);
  });
});
