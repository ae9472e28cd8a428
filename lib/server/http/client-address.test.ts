import { expect, it } from "vitest";
import { clientAddress } from "./client-address";

it.each([
  [0, "6.6.6.6", "9.9.9.9"],
  [0, undefined, "9.9.9.9"],
  [1, undefined, "9.9.9.9"],
  [1, "6.6.6.6, 1.2.3.4", "1.2.3.4"],
  [2, "6.6.6.6, 1.2.3.4, 5.5.5.5", "1.2.3.4"],
  [2, "1.2.3.4", "1.2.3.4"],
  [1, "6.6.6.6,2001:db8::1", "2001:db8::1"],
  [1, "<script>", "9.9.9.9"],
  [1, "", "9.9.9.9"],
])("behind %d proxies, X-Forwarded-For: %s means %s", (proxies, header, expected) => {
  expect(clientAddress("9.9.9.9", header, proxies)).toBe(expected);
});
