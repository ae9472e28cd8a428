import { it } from "vitest";
import { WakeUp } from "./wake-up";

const never = new AbortController().signal;
/** A sleep that does not end runs into the test's time limit. */
const long = 1_000_000;

it("wakes all sleepers", async () => {
  const wakeUp = new WakeUp();
  const sleepers = [wakeUp.sleep(wakeUp.signals, long, never), wakeUp.sleep(wakeUp.signals, long, never)];
  wakeUp.signal();
  await Promise.all(sleepers);
});

it("does not let one sleep that was busy during the signal", async () => {
  const wakeUp = new WakeUp();
  const { signals } = wakeUp;
  wakeUp.signal();
  await wakeUp.sleep(signals, long, never);
});

it("ends a sleep with the signal, before or during it", async () => {
  const wakeUp = new WakeUp();
  const stop = new AbortController();
  const sleep = wakeUp.sleep(wakeUp.signals, long, stop.signal);
  stop.abort();
  await sleep;
  await wakeUp.sleep(wakeUp.signals, long, stop.signal);
});

it("ends after its time", async () => {
  const wakeUp = new WakeUp();
  await wakeUp.sleep(wakeUp.signals, 1, never);
});
