CREATE TABLE "rate_limits" (
	"key" text PRIMARY KEY NOT NULL,
	"points" integer NOT NULL,
	"expire" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "tickets" (
	"id_hash" text PRIMARY KEY NOT NULL,
	"claim_hash" text NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"number" text NOT NULL,
	"ip" text,
	"user_agent" text,
	"opened_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"corp_id" text NOT NULL,
	"user_id" text,
	"phone_ip" text,
	"phone_user_agent" text
);
--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "approved_ip" text;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "approved_user_agent" text;--> statement-breakpoint
CREATE INDEX "rate_limits_expiry" ON "rate_limits" USING btree ("expire");--> statement-breakpoint
CREATE INDEX "tickets_claim" ON "tickets" USING btree ("claim_hash");--> statement-breakpoint
CREATE INDEX "tickets_expiry" ON "tickets" USING btree ("expires_at");