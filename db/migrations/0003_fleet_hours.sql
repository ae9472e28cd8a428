-- 0003: what the fleet page says of the week hour by hour, of its middle store and of stretches without any poll is
-- found while a snapshot is computed, since finding it anew would read every poll. Null for the snapshots made before.
-- fleet_summaries (three rows) is locked for an instant.
ALTER TABLE "fleet_summaries" ADD COLUMN "median_uptime" double precision[];--> statement-breakpoint
ALTER TABLE "fleet_summaries" ADD COLUMN "hourly" bigint[];--> statement-breakpoint
ALTER TABLE "fleet_summaries" ADD COLUMN "poll_gaps" bigint[];
