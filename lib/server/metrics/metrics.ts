import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import { makeDatabaseGauges, type DatabaseGauges } from "./gauges";

/** The metrics of a process, under the names listed in docs/operations.md. */
export interface Metrics {
  readonly registry: Registry;
  readonly httpSeconds: Histogram<"route" | "method" | "status">;
  readonly httpShed: Counter<"reason">;
  readonly pollsIngested: Counter<"result">;
  readonly importRows: Counter<"result" | "code">;
  readonly jobSeconds: Histogram<"kind" | "outcome">;
  readonly webhookDeliveries: Counter<"result">;
  /** Always 1; its labels are the time zone rules in use. */
  readonly zoneRules: Gauge<"release" | "source">;
  readonly database: DatabaseGauges;
}

declare global {
  // The request handlers are bundled separately from the script that runs them, but share the counters.
  var storeMonitoringMetrics: Metrics | undefined;
}

/** The counters of this process, with those of Node itself; created on first use. */
export function metrics(): Metrics {
  return (globalThis.storeMonitoringMetrics ??= makeMetrics());
}

function makeMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  // Includes memory, garbage collection and nodejs_eventloop_lag_seconds.
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    httpSeconds: new Histogram({
      name: "http_request_duration_seconds",
      help: "From a request's arrival to the end of its response, by route template.",
      labelNames: ["route", "method", "status"],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    httpShed: new Counter({
      name: "http_requests_shed_total",
      help: "Requests rejected by admission control, by reason.",
      labelNames: ["reason"],
      registers,
    }),
    pollsIngested: new Counter({
      name: "polls_ingested_total",
      help: "Polls received live, by result.",
      labelNames: ["result"],
      registers,
    }),
    importRows: new Counter({
      name: "import_rows_total",
      help: "Rows of imported files, by result; code is the reason of a reject.",
      labelNames: ["result", "code"],
      registers,
    }),
    jobSeconds: new Histogram({
      name: "job_duration_seconds",
      help: "From a job's claim to its end.",
      labelNames: ["kind", "outcome"],
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900],
      registers,
    }),
    webhookDeliveries: new Counter({
      name: "webhook_deliveries_total",
      help: "Delivery attempts to webhooks, by result.",
      labelNames: ["result"],
      registers,
    }),
    zoneRules: new Gauge({
      name: "time_zone_rules_info",
      help: "1: the release of the tz database in use, and its source.",
      labelNames: ["release", "source"],
      registers,
    }),
    database: makeDatabaseGauges(registers),
  };
}
