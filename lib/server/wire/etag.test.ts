import { expect, it } from "vitest";
import { etagOf, isMatch } from "./etag";

const etag = etagOf("hours");

it.each([etag, `W/${etag}`, "*", `"other", ${etag}`, `"other",W/${etag}`])("%s matches", (ifMatch) => {
  expect(isMatch(ifMatch, etag)).toBe(true);
});

it.each(["", '"other"', etag.slice(1, -1), `W/W/${etag}`])("%s does not match", (ifMatch) => {
  expect(isMatch(ifMatch, etag)).toBe(false);
});
