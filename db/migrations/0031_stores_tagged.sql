-- 0031: the list of tags is on every page of the fleet, and read the whole table of stores.
CREATE INDEX "stores_tagged" ON "stores" USING btree ("store_key") WHERE "stores"."tags" <> '{}';
