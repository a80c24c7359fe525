DROP INDEX "audit_events_at";--> statement-breakpoint
DROP INDEX "audit_events_employee";--> statement-breakpoint
CREATE INDEX "audit_events_latest" ON "audit_events" USING btree ("corp_id","at","id");--> statement-breakpoint
CREATE INDEX "audit_events_kind" ON "audit_events" USING btree ("corp_id","kind","at","id");--> statement-breakpoint
CREATE INDEX "audit_events_about" ON "audit_events" USING btree ("corp_id","user_id","at","id") WHERE "audit_events"."user_id" is not null;--> statement-breakpoint
CREATE INDEX "audit_events_by" ON "audit_events" USING btree ("corp_id","actor_user_id","at","id") WHERE "audit_events"."actor_user_id" is not null;--> statement-breakpoint
CREATE INDEX "audit_events_reference" ON "audit_events" USING btree ("corp_id","reference") WHERE "audit_events"."reference" is not null;