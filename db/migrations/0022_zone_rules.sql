-- 0022: the time zone rules that figures are computed with: which release the last start had, what changed with it, and of
-- each report and worker its own. New tables and columns that may be null, so the version before goes on beside it: a
-- report that it completes has no release. Locks reports and workers for the moment that a column without a default takes.
CREATE TABLE "zone_rule_changes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "zone_rule_changes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"from_release" text,
	"to_release" text NOT NULL,
	"zones" text[] NOT NULL
);
--> statement-breakpoint
CREATE TABLE "zone_rules" (
	"only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"release" text NOT NULL,
	"span_start" timestamp (3) with time zone NOT NULL,
	"span_end" timestamp (3) with time zone NOT NULL,
	"fingerprints" jsonb NOT NULL,
	CONSTRAINT "zone_rules_only" CHECK ("zone_rules"."only")
);
--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "tz_release" text;--> statement-breakpoint
ALTER TABLE "workers" ADD COLUMN "tz_release" text;