import { it } from "vitest";
import { WakeUp } from "./wake-up";

const never = new AbortController().signal;
/** A sleep that is not ended runs into the test's time limit. */
const long = 1_000_000;

it("wakes all that sleep", async () => {
  const bell = new WakeUp();
  const sleepers = [bell.sleep(bell.rings, long, never), bell.sleep(bell.rings, long, never)];
  bell.ring();
  await Promise.all(sleepers);
});

it("does not let one sleep that was busy while it rang", async () => {
  const bell = new WakeUp();
  const { rings } = bell;
  bell.ring();
  await bell.sleep(rings, long, never);
});

it("ends a sleep with the signal, before or during it", async () => {
  const bell = new WakeUp();
  const stop = new AbortController();
  const sleep = bell.sleep(bell.rings, long, stop.signal);
  stop.abort();
  await sleep;
  await bell.sleep(bell.rings, long, stop.signal);
});

it("ends by itself", async () => {
  const bell = new WakeUp();
  await bell.sleep(bell.rings, 1, never);
});
