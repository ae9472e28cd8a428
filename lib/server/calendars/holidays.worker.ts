import { parentPort, workerData } from "node:worker_threads";
import { readHolidays, readPlaces, type HolidayQuestion } from "./holiday-source";

const question = workerData as HolidayQuestion | null;
parentPort?.postMessage(question === null ? readPlaces() : readHolidays(question));
