-- 0001: fleet_summaries holds what the fleet page says at its head, so that no page adds up every store's row. handed_back
-- lets a worker that is told to stop return its report without that counting as a death. Locks reports for an instant
-- (a constant default rewrites nothing).
CREATE TABLE "fleet_summaries" (
	"report_id" bigint PRIMARY KEY NOT NULL,
	"online" integer NOT NULL,
	"offline" integer NOT NULL,
	"closed" integer NOT NULL,
	"no_recent_check" integer NOT NULL,
	"sums" bigint[] NOT NULL
);
--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "handed_back" integer DEFAULT 0 NOT NULL;