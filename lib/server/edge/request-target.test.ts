import { expect, it } from "vitest";
import { hasRepeatedSlashes, originForm } from "./request-target";

it.each([
  ["/stores/?a=b", "/stores/?a=b", null],
  ["http://evil.example/stores/?a=//b", "/stores/?a=//b", "evil.example"],
  ["HTTPS://evil.example:81", "/", "evil.example:81"],
  ["http://evil.example?a", "/?a", "evil.example"],
  ["http://evil.example//stores", "//stores", "evil.example"],
  ["//evil.example/stores", "//evil.example/stores", null],
])("accepts %j as %j", (target, path, host) => {
  expect(originForm(target)).toEqual({ path, host });
});

it.each([
  "*",
  "",
  "stores",
  "evil.example:80",
  "ftp://evil.example/",
  "javascript:alert(1)",
  "http:///stores",
  "http://a@evil.example/stores",
  "http://evil.example\\@b/stores",
  "http:\\\\evil.example/",
  "/stores#/evil",
])("rejects %j as a target", (target) => {
  expect(originForm(target)).toBeNull();
});

it.each([
  ["/stores/8?next=//evil.example", false],
  ["/stores/", false],
  ["//evil.example", true],
  ["/stores//8", true],
  ["/\\evil.example", true],
  ["/stores\\8", true],
])("predicts for %j whether the framework would redirect: %s", (path, expected) => {
  expect(hasRepeatedSlashes(path)).toBe(expected);
});
