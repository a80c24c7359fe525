DROP INDEX "sessions_employee";--> statement-breakpoint
CREATE INDEX "employees_manager" ON "employees" USING btree ("corp_id",("details" ->> 'managerUserId'),"user_id") WHERE "employees"."active";--> statement-breakpoint
CREATE INDEX "sessions_employee" ON "sessions" USING btree ("corp_id","user_id","started_at","id_hash");