-- 0005: imports over HTTP are jobs: the row, the bytes that wait for a worker, the rows that were not taken, and what
-- undoing takes back. Four new tables; nothing that exists is locked. Written by hand after generation: the bytes of a
-- chunk are stored as they come (compressing 100 MB of CSV costs a second or more, and they are soon deleted).
CREATE TABLE "import_chunks" (
	"import_id" bigint NOT NULL,
	"seq" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "import_chunks_pk" PRIMARY KEY("import_id","seq")
);
--> statement-breakpoint
ALTER TABLE "import_chunks" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;
--> statement-breakpoint
CREATE TABLE "import_poll_changes" (
	"import_id" bigint NOT NULL,
	"store_key" integer NOT NULL,
	"added" timestamp(3) with time zone[] DEFAULT '{}' NOT NULL,
	"overruled" timestamp(3) with time zone[] DEFAULT '{}' NOT NULL,
	"noted" timestamp(3) with time zone[] DEFAULT '{}' NOT NULL,
	CONSTRAINT "import_poll_changes_pk" PRIMARY KEY("import_id","store_key")
);
--> statement-breakpoint
CREATE TABLE "import_rejects" (
	"import_id" bigint NOT NULL,
	"seq" integer NOT NULL,
	"line" bigint NOT NULL,
	"byte_offset" bigint NOT NULL,
	"column_name" text NOT NULL,
	"code" text NOT NULL,
	"reason" text NOT NULL,
	"raw" text NOT NULL,
	CONSTRAINT "import_rejects_pk" PRIMARY KEY("import_id","seq")
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "imports_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"file_name" text,
	"dry_run" boolean NOT NULL,
	"abort_on_reject" boolean NOT NULL,
	"bytes_total" bigint DEFAULT 0 NOT NULL,
	"sha256" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"handed_back" integer DEFAULT 0 NOT NULL,
	"worker" text,
	"lease_until" timestamp (3) with time zone,
	"phase" text,
	"rows_read" bigint DEFAULT 0 NOT NULL,
	"bytes_read" bigint DEFAULT 0 NOT NULL,
	"seconds_left" integer,
	"counts" jsonb,
	"warnings" jsonb,
	"error_code" text,
	"error_detail" text,
	"error_line" integer,
	"undone_at" timestamp (3) with time zone,
	"polls_removed" bigint,
	"polls_restored" bigint,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "imports_leased" CHECK ("imports"."state" not in ('receiving', 'running') or "imports"."lease_until" is not null),
	CONSTRAINT "imports_failed" CHECK ("imports"."state" <> 'failed' or "imports"."error_code" is not null),
	CONSTRAINT "imports_counted" CHECK ("imports"."state" not in ('complete', 'complete_with_rejects', 'undone') or "imports"."counts" is not null),
	CONSTRAINT "imports_ended" CHECK (("imports"."state" in ('receiving', 'queued', 'running')) = ("imports"."finished_at" is null)),
	CONSTRAINT "imports_undone" CHECK (("imports"."state" = 'undone') = ("imports"."undone_at" is not null))
);
--> statement-breakpoint
ALTER TABLE "import_chunks" ADD CONSTRAINT "import_chunks_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_poll_changes" ADD CONSTRAINT "import_poll_changes_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_rejects" ADD CONSTRAINT "import_rejects_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "imports_unfinished" ON "imports" USING btree ("id") WHERE "imports"."state" in ('receiving', 'queued', 'running', 'undoing');