// Loaded by `--import`, as a bundle, into a process that a test starts, before its own code.
import { armFaults, parseFaults } from "./faults";

const { FAULT_POINTS } = process.env;
if (FAULT_POINTS !== undefined) armFaults(parseFaults(FAULT_POINTS));
