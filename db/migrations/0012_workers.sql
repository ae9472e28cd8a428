-- 0012: workers that run, each heard of every few seconds, so that the pages can say when none does. A new table: locks
-- nothing. Unlogged, written by hand after generation: after a crash they are heard of again.
CREATE UNLOGGED TABLE "workers" (
	"name" text PRIMARY KEY NOT NULL,
	"seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
