-- 0026: the incidents of every store are found while a snapshot is computed, since finding them for a list would read all
-- polls of the week. A new table, and a new column that is null for the snapshots made before. The new version of the data
-- has the worker make a snapshot with incidents at once.
CREATE TABLE "fleet_incidents" (
	"report_id" bigint NOT NULL,
	"store_key" integer NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone NOT NULL,
	"down_ms" integer NOT NULL,
	"polls" integer NOT NULL,
	"ongoing" boolean NOT NULL,
	"start_known" boolean NOT NULL,
	CONSTRAINT "fleet_incidents_pk" PRIMARY KEY("report_id","started_at","store_key")
);
--> statement-breakpoint
ALTER TABLE "fleet_summaries" ADD COLUMN "incidents" integer;--> statement-breakpoint
CREATE INDEX "fleet_incidents_down" ON "fleet_incidents" USING btree ("report_id","down_ms","started_at","store_key");--> statement-breakpoint
ALTER TABLE "fleet_incidents" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "fleet_incidents_see" ON "fleet_incidents" FOR SELECT
	USING (store_key = any ((select string_to_array(nullif(current_setting('app.stores', true), ''), ',')::int[])::int[]));
--> statement-breakpoint
UPDATE "fleet_state" SET "data_version" = "data_version" + 1 WHERE "data_version" > 0;
