ALTER TABLE "spent_codes" RENAME TO "consumed_codes";--> statement-breakpoint
ALTER TABLE "audit_events" RENAME COLUMN "way_in" TO "method";--> statement-breakpoint
ALTER TABLE "sessions" RENAME COLUMN "way_in" TO "method";--> statement-breakpoint
ALTER TABLE "tickets" RENAME COLUMN "claim_hash" TO "secret_hash";--> statement-breakpoint
ALTER INDEX "spent_codes_expiry" RENAME TO "consumed_codes_expiry";--> statement-breakpoint
ALTER INDEX "tickets_claim" RENAME TO "tickets_secret";
