/** Retention and limits in force, by the names of their settings. */
export interface ServiceLimits {
  /** Null: polls are kept forever. */
  readonly RETENTION_DAYS: number | null;
  /** 0: forever. */
  readonly RESULT_RETENTION_DAYS: number;
  readonly IMPORT_MAX_BYTES: number;
  readonly DISK_FREE_MIN_BYTES: number;
  /** Of requests; 0: unlimited. */
  readonly RATE_LIMIT_TRIGGER_PER_MINUTE: number;
  readonly RATE_LIMIT_INGEST_PER_MINUTE: number;
  readonly RATE_LIMIT_POLLS_PER_MINUTE: number;
  readonly RATE_LIMIT_IMPORT_PER_HOUR: number;
  readonly RATE_LIMIT_WEBHOOK_PER_MINUTE: number;
  readonly RATE_LIMIT_STATUS_PER_MINUTE: number;
  readonly RATE_LIMIT_DOWNLOAD_PER_MINUTE: number;
  readonly RATE_LIMIT_PAGES_PER_MINUTE: number;
  readonly RATE_LIMIT_SIGN_IN_PER_MINUTE: number;
  readonly RATE_LIMIT_SIGN_IN_ADDRESS_PER_MINUTE: number;
  readonly MAX_REQUESTS_IN_FLIGHT: number;
  /** 0: unlimited. */
  readonly REPORTS_UNDER_WAY_PER_ACCOUNT: number;
  readonly REPORTS_UNDER_WAY: number;
  readonly QUERY_TIMEOUT_SECONDS: number;
  readonly SNAPSHOT_INTERVAL_SECONDS: number;
  readonly WEBHOOK_TIMEOUT_SECONDS: number;
}
