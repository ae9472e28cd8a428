import { pathToFileURL } from "node:url";
import { bundleScript } from "@/db/testing/bundle-script";
import { faultPointNames } from "@/lib/faults/fault-point";
import { parseFaults } from "./faults";

/**
 * The environment that makes a process, and every process that it starts, fail as specified.
 * @param faults as parsed by `parseFaults`
 * @throws {Error} when they name an unknown fault point
 */
export function faultEnv(faults: string): { readonly FAULT_POINTS: string; readonly NODE_OPTIONS: string } {
  for (const { point } of parseFaults(faults)) {
    if (!faultPointNames.some((known) => known === point)) throw new Error(`There is no fault point ${point}.`);
  }
  const armFaults = pathToFileURL(bundleScript("e2e/faults/harness/arm-faults.ts")).href;
  const options = [process.env.NODE_OPTIONS ?? "", "--import", armFaults];
  return { FAULT_POINTS: faults, NODE_OPTIONS: options.join(" ").trim() };
}
