-- 0030: row-level security limits lists of incidents to the stores of the viewer, which are found in this index: in those of
-- the orders, all incidents of the snapshot would be read.
CREATE INDEX "fleet_incidents_store" ON "fleet_incidents" USING btree ("report_id","store_key");
