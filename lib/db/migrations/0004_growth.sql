DROP INDEX "employees_latest_first";--> statement-breakpoint
CREATE INDEX "audit_events_settings" ON "audit_events" USING btree ("corp_id","user_id","id") WHERE "audit_events"."reason" = 'settings';--> statement-breakpoint
CREATE INDEX "sessions_open" ON "sessions" USING btree ("corp_id","started_at","id_hash") WHERE "sessions"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "sessions_ended" ON "sessions" USING btree ("ended_at") WHERE "sessions"."ended_at" is not null;--> statement-breakpoint
CREATE INDEX "employees_latest_first" ON "employees" USING btree ("corp_id",coalesce('epoch'::timestamptz - "last_signed_in_at", interval '0'),"user_id");