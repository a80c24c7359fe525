CREATE TABLE "dingtalk_events" (
	"id" text PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"corp_id" text NOT NULL,
	"user_ids" jsonb NOT NULL,
	"department_ids" jsonb NOT NULL,
	"born_at" timestamp (3) with time zone NOT NULL,
	"received_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"due_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"done_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "look_ups" (
	"name" text PRIMARY KEY NOT NULL,
	"up_to" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "dingtalk_events_due" ON "dingtalk_events" USING btree ("born_at") WHERE "dingtalk_events"."done_at" is null;--> statement-breakpoint
CREATE INDEX "dingtalk_events_received" ON "dingtalk_events" USING btree ("received_at");