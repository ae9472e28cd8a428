-- 0010: signing_keys holds what replicas sign cursors with; expired_at says that a report's rows are no longer kept.
-- reports_under_way counts for those too who see only their own reports, so that all together keep to one number. Locks
-- reports while the index is built and the check is proved: 0.1 s for a hundred thousand reports.
CREATE TABLE "signing_keys" (
	"name" text PRIMARY KEY NOT NULL,
	"key" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "expired_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "reports_to_expire" ON "reports" USING btree ("finished_at") WHERE "reports"."origin" = 'request' and "reports"."expired_at" is null;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_expired" CHECK ("reports"."expired_at" is null or "reports"."finished_at" is not null);
--> statement-breakpoint
CREATE FUNCTION reports_under_way() RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT
	AS $$ SELECT count(*) FROM reports WHERE state IN ('queued', 'running') AND origin = 'request' $$;
