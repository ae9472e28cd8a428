#!/usr/bin/env bash
# Node.js drops the request that is pipelined behind one with an Upgrade header
#
# Version: node 24.21.0
# Expected: a server without an upgrade listener treats Upgrade: h2c as an ordinary header and answers both
# requests of one write.
# Seen: the first request is answered, the bytes of the second are lost without an error.
# So: a server behind clients that send Upgrade (curl --http2, Java) has to parse the rest itself.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund node@24.21.0
cat >probe.mjs <<'CODE'
import { createServer } from "node:http";
import { connect } from "node:net";
/** Sends bytes to a plain server and returns all that it answers within half a second of silence. */
async function ask(bytes, listen = () => undefined) {
  const server = createServer((request, response) => {
    request.resume();
    response.end(request.url);
  });
  listen(server);
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const socket = connect(server.address().port, "127.0.0.1");
  let text = "";
  socket.on("data", (data) => (text += data)).on("error", () => undefined);
  socket.write(bytes);
  await new Promise((resolve) => setTimeout(resolve, 500));
  socket.destroy();
  server.closeAllConnections();
  server.close();
  return text;
}
const head = (path, more = "") => `GET ${path} HTTP/1.1\r\nHost: a\r\n${more}\r\n`;
const answered = (text) => ["/first", "/second"].filter((path) => text.includes(path)).join(" ");
console.log("plain:", answered(await ask(head("/first") + head("/second"))));
console.log("upgrade:", answered(await ask(head("/first", "Connection: Upgrade\r\nUpgrade: h2c\r\n") + head("/second"))));
CODE
cat >expected.txt <<'SEEN'
plain: /first /second
upgrade: /first
SEEN
TZ=UTC node_modules/node/bin/node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: node-upgrade-loses-pipelined-request" >&2; exit 1; }
cat actual.txt
