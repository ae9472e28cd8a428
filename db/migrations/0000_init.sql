-- 0000: the whole house. Written by hand after generation: polls is partitioned by its instant and its key carries the
-- status (a week of the fleet is read from the index alone, in key order), and fleet_state holds its one row.
CREATE TABLE "business_hours" (
	"store_key" integer NOT NULL,
	"day" smallint NOT NULL,
	"start_second" integer NOT NULL,
	"end_second" integer NOT NULL,
	CONSTRAINT "business_hours_pk" PRIMARY KEY("store_key","day","start_second","end_second"),
	CONSTRAINT "business_hours_day" CHECK ("business_hours"."day" between 0 and 6),
	CONSTRAINT "business_hours_start" CHECK ("business_hours"."start_second" between 0 and 86399),
	CONSTRAINT "business_hours_end" CHECK ("business_hours"."end_second" > "business_hours"."start_second" and "business_hours"."end_second" <= "business_hours"."start_second" + 86400)
);
--> statement-breakpoint
CREATE TABLE "fleet_rows" (
	"report_id" bigint NOT NULL,
	"store_key" integer NOT NULL,
	"store_id" text COLLATE "C" NOT NULL,
	"state" text NOT NULL,
	"state_since" timestamp (3) with time zone,
	"last_poll_at" timestamp (3) with time zone,
	"uptime_hour" double precision,
	"uptime_day" double precision,
	"uptime_week" double precision,
	"down_ms_hour" integer NOT NULL,
	"down_ms_day" integer NOT NULL,
	"down_ms_week" integer NOT NULL,
	"coverage_hour" double precision,
	"coverage_day" double precision,
	"coverage_week" double precision,
	CONSTRAINT "fleet_rows_pk" PRIMARY KEY("report_id","store_key")
);
--> statement-breakpoint
CREATE TABLE "fleet_state" (
	"only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"newest_poll_at" timestamp (3) with time zone,
	"data_version" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "fleet_state_only" CHECK ("fleet_state"."only")
);
--> statement-breakpoint
CREATE TABLE "poll_conflicts" (
	"store_key" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "poll_conflicts_pk" PRIMARY KEY("store_key","at")
);
--> statement-breakpoint
CREATE TABLE "polls" (
	"store_key" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"active" boolean NOT NULL,
	CONSTRAINT "polls_pk" PRIMARY KEY("store_key","at") INCLUDE ("active")
) PARTITION BY RANGE ("at");
--> statement-breakpoint
CREATE TABLE "report_rows" (
	"report_id" bigint NOT NULL,
	"store_id" text COLLATE "C" NOT NULL,
	"store_key" integer NOT NULL,
	"figures" integer[] NOT NULL,
	CONSTRAINT "report_rows_pk" PRIMARY KEY("report_id","store_id","store_key"),
	CONSTRAINT "report_rows_figures" CHECK (cardinality("report_rows"."figures") in (6, 21))
);
--> statement-breakpoint
CREATE TABLE "reports" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "reports_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"origin" text NOT NULL,
	"scope" text NOT NULL,
	"store_keys" integer[],
	"method" text NOT NULL,
	"as_of" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"dedupe_key" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"worker" text,
	"lease_until" timestamp (3) with time zone,
	"stores_done" integer DEFAULT 0 NOT NULL,
	"stores_total" integer,
	"failure_code" text,
	"failure_reason" text,
	"data_version" bigint,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "reports_scope" CHECK (("reports"."scope" = 'fleet') = ("reports"."store_keys" is null)),
	CONSTRAINT "reports_running" CHECK ("reports"."state" <> 'running' or "reports"."lease_until" is not null),
	CONSTRAINT "reports_failed" CHECK (("reports"."state" = 'failed') = ("reports"."failure_code" is not null)),
	CONSTRAINT "reports_ended" CHECK (("reports"."state" in ('complete', 'failed')) = ("reports"."finished_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "schedule_exceptions" (
	"store_key" integer NOT NULL,
	"local_date" date NOT NULL,
	"start_second" integer NOT NULL,
	"end_second" integer NOT NULL,
	CONSTRAINT "schedule_exceptions_pk" PRIMARY KEY("store_key","local_date","start_second","end_second"),
	CONSTRAINT "schedule_exceptions_start" CHECK ("schedule_exceptions"."start_second" between 0 and 86399),
	CONSTRAINT "schedule_exceptions_end" CHECK (("schedule_exceptions"."start_second" = 0 and "schedule_exceptions"."end_second" = 0) or ("schedule_exceptions"."end_second" > "schedule_exceptions"."start_second" and "schedule_exceptions"."end_second" <= "schedule_exceptions"."start_second" + 86400))
);
--> statement-breakpoint
CREATE TABLE "stores" (
	"store_key" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "stores_store_key_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"store_id" text COLLATE "C" NOT NULL,
	"name" text,
	"time_zone" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "stores_store_id_unique" UNIQUE("store_id"),
	CONSTRAINT "stores_store_id_shape" CHECK ("stores"."store_id" ~ '^[A-Za-z0-9_-]{1,64}$')
);
--> statement-breakpoint
ALTER TABLE "business_hours" ADD CONSTRAINT "business_hours_store_key_stores_store_key_fk" FOREIGN KEY ("store_key") REFERENCES "public"."stores"("store_key") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schedule_exceptions" ADD CONSTRAINT "schedule_exceptions_store_key_stores_store_key_fk" FOREIGN KEY ("store_key") REFERENCES "public"."stores"("store_key") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "fleet_rows_store_id" ON "fleet_rows" USING btree ("report_id","store_id");--> statement-breakpoint
CREATE INDEX "fleet_rows_uptime_day" ON "fleet_rows" USING btree ("report_id","uptime_day","store_id");--> statement-breakpoint
CREATE INDEX "fleet_rows_uptime_week" ON "fleet_rows" USING btree ("report_id","uptime_week","store_id");--> statement-breakpoint
CREATE INDEX "fleet_rows_down_week" ON "fleet_rows" USING btree ("report_id","down_ms_week","store_id");--> statement-breakpoint
CREATE UNIQUE INDEX "reports_active_dedupe_key" ON "reports" USING btree ("dedupe_key") WHERE "reports"."state" in ('queued', 'running');--> statement-breakpoint
CREATE INDEX "reports_claimable" ON "reports" USING btree ("created_at") WHERE "reports"."state" in ('queued', 'running');--> statement-breakpoint
CREATE INDEX "reports_complete_snapshots" ON "reports" USING btree ("id") WHERE "reports"."origin" = 'snapshot' and "reports"."state" = 'complete';--> statement-breakpoint
INSERT INTO "fleet_state" DEFAULT VALUES;
