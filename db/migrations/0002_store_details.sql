-- 0002: what people call a store and where it is; ids stay the key. Columns without a default rewrite nothing: stores is
-- locked for an instant.
ALTER TABLE "stores" ADD COLUMN "brand" text;--> statement-breakpoint
ALTER TABLE "stores" ADD COLUMN "group_name" text;--> statement-breakpoint
ALTER TABLE "stores" ADD COLUMN "address" text;--> statement-breakpoint
ALTER TABLE "stores" ADD COLUMN "url" text;
