-- 0006: counters of requests that all replicas share. A new table: locks nothing. Unlogged, written by hand after generation:
-- a counter costs no write to disk, and a crash may forget it.
CREATE UNLOGGED TABLE "rate_limits" (
	"key" varchar(255) PRIMARY KEY NOT NULL,
	"points" integer DEFAULT 0 NOT NULL,
	"expire" bigint
);
