-- 0009: people, their sessions, invitations and keys, and the log of what they did: new tables, which lock nothing. A report
-- says whose it is: `requested_by` has a constant default, so no row is rewritten. Written by hand after generation: the
-- log refuses everything but inserts, and row security on what is a store's. Row security binds the role of db/wall.ts
-- alone, not the owner of the tables, so reads of the whole fleet cost nothing more. Its conditions name no other table
-- and no function of ours: the tables may be distributed. Switching it on takes each table's strongest lock for an
-- instant; the index on `stores.group_name` is built under a lock of milliseconds.
CREATE TABLE "api_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"secret_hash" "bytea" NOT NULL,
	"scopes" text[] NOT NULL,
	"store_keys" integer[],
	"person_id" bigint,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone,
	"exposed_at" timestamp (3) with time zone,
	CONSTRAINT "api_keys_id" CHECK ("api_keys"."id" ~ '^[a-z2-7]{8}$'),
	CONSTRAINT "api_keys_secret" CHECK (octet_length("api_keys"."secret_hash") = 32)
);
--> statement-breakpoint
CREATE TABLE "audit_entries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_entries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"principal" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"address" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "invitations_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"token_hash" "bytea" NOT NULL,
	"email" text,
	"role" text NOT NULL,
	"grants" jsonb NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "invitations_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "people" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "people_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"email" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"password_hash" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "people_email_unique" UNIQUE("email"),
	CONSTRAINT "people_email" CHECK ("people"."email" = lower("people"."email"))
);
--> statement-breakpoint
CREATE TABLE "person_groups" (
	"person_id" bigint NOT NULL,
	"group_name" text NOT NULL,
	"manage" boolean NOT NULL,
	CONSTRAINT "person_groups_pk" PRIMARY KEY("person_id","group_name")
);
--> statement-breakpoint
CREATE TABLE "person_stores" (
	"person_id" bigint NOT NULL,
	"store_key" integer NOT NULL,
	"manage" boolean NOT NULL,
	CONSTRAINT "person_stores_pk" PRIMARY KEY("person_id","store_key")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sessions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"token_hash" "bytea" NOT NULL,
	"person_id" bigint NOT NULL,
	"user_agent" text NOT NULL,
	"address" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "sessions_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "requested_by" text DEFAULT 'open' NOT NULL;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_groups" ADD CONSTRAINT "person_groups_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_stores" ADD CONSTRAINT "person_stores_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_stores" ADD CONSTRAINT "person_stores_store_key_stores_store_key_fk" FOREIGN KEY ("store_key") REFERENCES "public"."stores"("store_key") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "api_keys_person" ON "api_keys" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "audit_entries_principal" ON "audit_entries" USING btree ("principal","id");--> statement-breakpoint
CREATE INDEX "sessions_person" ON "sessions" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "sessions_expires_at" ON "sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "reports_requested_by" ON "reports" USING btree ("requested_by","id");--> statement-breakpoint
CREATE INDEX "stores_group_name" ON "stores" USING btree ("group_name");
--> statement-breakpoint
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'What stands in % is neither changed nor removed.', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
--> statement-breakpoint
CREATE TRIGGER "audit_entries_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_entries"
	FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
ALTER TABLE "stores" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "stores_see" ON "stores" FOR SELECT
	USING (store_key = any ((select string_to_array(nullif(current_setting('app.stores', true), ''), ',')::int[])::int[]));
--> statement-breakpoint
CREATE POLICY "stores_change" ON "stores" FOR UPDATE
	USING (store_key = any ((select string_to_array(nullif(current_setting('app.managed', true), ''), ',')::int[])::int[]))
	WITH CHECK (store_key = any ((select string_to_array(nullif(current_setting('app.managed', true), ''), ',')::int[])::int[]));
--> statement-breakpoint
ALTER TABLE "business_hours" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "business_hours_see" ON "business_hours" FOR SELECT
	USING (store_key = any ((select string_to_array(nullif(current_setting('app.stores', true), ''), ',')::int[])::int[]));
--> statement-breakpoint
ALTER TABLE "schedule_exceptions" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "schedule_exceptions_see" ON "schedule_exceptions" FOR SELECT
	USING (store_key = any ((select string_to_array(nullif(current_setting('app.stores', true), ''), ',')::int[])::int[]));
--> statement-breakpoint
CREATE POLICY "schedule_exceptions_add" ON "schedule_exceptions" FOR INSERT
	WITH CHECK (store_key = any ((select string_to_array(nullif(current_setting('app.managed', true), ''), ',')::int[])::int[]));
--> statement-breakpoint
CREATE POLICY "schedule_exceptions_change" ON "schedule_exceptions" FOR UPDATE
	USING (store_key = any ((select string_to_array(nullif(current_setting('app.managed', true), ''), ',')::int[])::int[]))
	WITH CHECK (store_key = any ((select string_to_array(nullif(current_setting('app.managed', true), ''), ',')::int[])::int[]));
--> statement-breakpoint
CREATE POLICY "schedule_exceptions_remove" ON "schedule_exceptions" FOR DELETE
	USING (store_key = any ((select string_to_array(nullif(current_setting('app.managed', true), ''), ',')::int[])::int[]));
--> statement-breakpoint
ALTER TABLE "polls" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "polls_see" ON "polls" FOR SELECT
	USING (store_key = any ((select string_to_array(nullif(current_setting('app.stores', true), ''), ',')::int[])::int[]));
--> statement-breakpoint
CREATE POLICY "polls_add" ON "polls" FOR INSERT
	WITH CHECK (store_key = any ((select string_to_array(nullif(current_setting('app.managed', true), ''), ',')::int[])::int[]));
--> statement-breakpoint
CREATE POLICY "polls_change" ON "polls" FOR UPDATE
	USING (store_key = any ((select string_to_array(nullif(current_setting('app.managed', true), ''), ',')::int[])::int[]))
	WITH CHECK (store_key = any ((select string_to_array(nullif(current_setting('app.managed', true), ''), ',')::int[])::int[]));
--> statement-breakpoint
ALTER TABLE "poll_conflicts" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "poll_conflicts_see" ON "poll_conflicts" FOR SELECT
	USING (store_key = any ((select string_to_array(nullif(current_setting('app.stores', true), ''), ',')::int[])::int[]));
--> statement-breakpoint
CREATE POLICY "poll_conflicts_add" ON "poll_conflicts" FOR INSERT
	WITH CHECK (store_key = any ((select string_to_array(nullif(current_setting('app.managed', true), ''), ',')::int[])::int[]));
--> statement-breakpoint
ALTER TABLE "fleet_rows" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "fleet_rows_see" ON "fleet_rows" FOR SELECT
	USING (store_key = any ((select string_to_array(nullif(current_setting('app.stores', true), ''), ',')::int[])::int[]));
--> statement-breakpoint
ALTER TABLE "report_rows" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "report_rows_see" ON "report_rows" FOR SELECT
	USING (store_key = any ((select string_to_array(nullif(current_setting('app.stores', true), ''), ',')::int[])::int[]));
--> statement-breakpoint
ALTER TABLE "reports" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "reports_see" ON "reports" FOR SELECT
	USING ((origin = 'snapshot' and state = 'complete') or (requested_by = (select current_setting('app.account', true)) and store_keys <@ (select string_to_array(nullif(current_setting('app.stores', true), ''), ',')::int[])::int[]));
--> statement-breakpoint
CREATE POLICY "reports_add" ON "reports" FOR INSERT
	WITH CHECK (origin = 'request' and requested_by = (select current_setting('app.account', true)) and store_keys <@ (select string_to_array(nullif(current_setting('app.stores', true), ''), ',')::int[])::int[]);
--> statement-breakpoint
CREATE POLICY "reports_join" ON "reports" FOR UPDATE
	USING (requested_by = (select current_setting('app.account', true)) and store_keys <@ (select string_to_array(nullif(current_setting('app.stores', true), ''), ',')::int[])::int[])
	WITH CHECK (requested_by = (select current_setting('app.account', true)) and store_keys <@ (select string_to_array(nullif(current_setting('app.stores', true), ''), ',')::int[])::int[]);
--> statement-breakpoint
ALTER TABLE "idempotency_keys" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "idempotency_keys_see" ON "idempotency_keys" FOR SELECT
	USING (principal = (select current_setting('app.principal', true)));
--> statement-breakpoint
CREATE POLICY "idempotency_keys_add" ON "idempotency_keys" FOR INSERT
	WITH CHECK (principal = (select current_setting('app.principal', true)));
--> statement-breakpoint
CREATE POLICY "idempotency_keys_change" ON "idempotency_keys" FOR UPDATE
	USING (principal = (select current_setting('app.principal', true)))
	WITH CHECK (principal = (select current_setting('app.principal', true)));
--> statement-breakpoint
ALTER TABLE "audit_entries" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "audit_entries_add" ON "audit_entries" FOR INSERT
	WITH CHECK (principal = (select current_setting('app.principal', true)));
