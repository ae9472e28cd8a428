// Loaded by `--import` into a process that a test starts, before its own code. Imports only files beside it, because
// the process may run in any folder.
import { armFaults, parseFaults } from "./faults";

const { FAULT_POINTS } = process.env;
if (FAULT_POINTS !== undefined) armFaults(parseFaults(FAULT_POINTS));
