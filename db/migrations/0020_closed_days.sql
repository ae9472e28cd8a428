-- 0020: the weekly row 0-0 says that a store is closed on its day, as it does of a date. The program of before opens no
-- store by such a row. Every row is checked while the table is locked.
ALTER TABLE "business_hours" DROP CONSTRAINT "business_hours_end";--> statement-breakpoint
ALTER TABLE "business_hours" ADD CONSTRAINT "business_hours_end" CHECK (("business_hours"."start_second" = 0 and "business_hours"."end_second" = 0) or ("business_hours"."end_second" > "business_hours"."start_second" and "business_hours"."end_second" <= "business_hours"."start_second" + 86400));