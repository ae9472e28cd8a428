-- 0027: what imports of hours, special hours, time zones and names replaced, so that they can be undone. A new table, and a
-- new column that may be null; the program of before leaves it so, and its imports cannot be undone. Deleted with its import.
CREATE TABLE "import_store_changes" (
	"import_id" bigint NOT NULL,
	"store_key" integer NOT NULL,
	"field" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	CONSTRAINT "import_store_changes_pk" PRIMARY KEY("import_id","store_key","field")
);
--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "stores_changed" integer;--> statement-breakpoint
ALTER TABLE "import_store_changes" ADD CONSTRAINT "import_store_changes_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;
