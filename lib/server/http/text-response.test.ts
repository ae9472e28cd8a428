import { expect, it } from "vitest";
import { jsonResponse, type TextResponse } from "./text-response";

it("reads like any other response", async () => {
  const make = (): TextResponse => jsonResponse({ a: "é" }, { status: 201, headers: { location: "/x" } });
  const response = make();
  expect([response.status, response.headers.get("content-type"), response.headers.get("location")]).toEqual([
    201,
    "application/json",
    "/x",
  ]);
  expect(response).toBeInstanceOf(Response);
  expect(await response.clone().json()).toEqual({ a: "é" });
  expect(response.bodyUsed).toBe(false);
  expect(await response.json()).toEqual({ a: "é" });
  expect(response.bodyUsed).toBe(true);
  await expect(response.text()).rejects.toThrow(TypeError);
  expect(await make().text()).toBe('{"a":"é"}');
  expect((await make().arrayBuffer()).byteLength).toBe(10);
  expect((await make().blob()).size).toBe(10);
  expect(await new Response(make().body).text()).toBe('{"a":"é"}');
});
