import { IncomingMessage, type IncomingHttpHeaders } from "node:http";
import { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { fetchFeed } from "./fetch-feed";

function response(statusCode: number, headers: IncomingHttpHeaders): IncomingMessage {
  const message = new IncomingMessage(new Socket());
  Object.assign(message, { statusCode, headers });
  message.push(null);
  return message;
}

/** Fetches an address that redirects to another one. @returns the addresses that were asked, and why it failed */
async function redirect(location: string, allowPrivate = false) {
  const asked: string[] = [];
  const options = {
    ...{ allowPrivate, resolve: () => Promise.resolve([]), timeoutMs: 60_000 },
    signal: new AbortController().signal,
  };
  const known = { etag: null, lastModified: null };
  const result = await fetchFeed("https://calendars.example.com/a.ics", known, options, ({ url }) => {
    asked.push(url.href);
    return Promise.resolve(asked.length === 1 ? response(302, { location }) : response(404, {}));
  });
  return { asked: asked.slice(1), reason: result.kind === "failed" ? result.reason : null };
}

describe("a redirect", () => {
  it.each([
    ["https://169.254.169.254/latest", "Calendars are only fetched from addresses on the public internet."],
    ["https://[::ffff:10.0.0.1]/", "Calendars are only fetched from addresses on the public internet."],
    ["//localhost/", "Calendars are only fetched from addresses on the public internet."],
    ["https://calendars.example.com:22/", "Calendars are only fetched from the ports 443 and 8443."],
    ["https://me:secret@example.com/", "The address must not contain a user or a password."],
    ["http://calendars.example.com/", "It redirects from https to http."],
    ["https://", "It redirects to an address that is not valid."],
  ])("to %s is refused", async (location, reason) => {
    expect(await redirect(location)).toEqual({ asked: [], reason });
  });

  it("from https to http is refused also where private addresses are allowed", async () => {
    expect((await redirect("http://127.0.0.1/", true)).asked).toEqual([]);
  });

  it.each([
    ["/b.ics?x=1", "https://calendars.example.com/b.ics?x=1"],
    ["https://other.example.com/", "https://other.example.com/"],
  ])("to %s is followed", async (location, address) => {
    expect(await redirect(location)).toEqual({ asked: [address], reason: "It answered 404." });
  });
});
