CREATE TABLE "audit_events" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"kind" text NOT NULL,
	"corp_id" text NOT NULL,
	"user_id" text,
	"actor_user_id" text,
	"way_in" text,
	"reason" text,
	"reference" text,
	"ip" text,
	"user_agent" text
);
--> statement-breakpoint
CREATE TABLE "departments" (
	"corp_id" text NOT NULL,
	"id" bigint NOT NULL,
	"name" text NOT NULL,
	"parent_id" bigint,
	"fetched_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "departments_corp_id_id_pk" PRIMARY KEY("corp_id","id")
);
--> statement-breakpoint
CREATE TABLE "employees" (
	"corp_id" text NOT NULL,
	"user_id" text NOT NULL,
	"union_id" text NOT NULL,
	"name" text NOT NULL,
	"active" boolean NOT NULL,
	"search_text" text NOT NULL,
	"details" jsonb NOT NULL,
	"fetched_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_signed_in_at" timestamp (3) with time zone,
	CONSTRAINT "employees_corp_id_user_id_pk" PRIMARY KEY("corp_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id_hash" text PRIMARY KEY NOT NULL,
	"corp_id" text NOT NULL,
	"user_id" text NOT NULL,
	"way_in" text NOT NULL,
	"ip" text,
	"user_agent" text,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"end_reason" text
);
--> statement-breakpoint
CREATE TABLE "spent_codes" (
	"hash" text PRIMARY KEY NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "audit_events_at" ON "audit_events" USING btree ("corp_id","at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "audit_events_employee" ON "audit_events" USING btree ("corp_id","user_id");--> statement-breakpoint
CREATE INDEX "employees_union_id" ON "employees" USING btree ("corp_id","union_id");--> statement-breakpoint
CREATE INDEX "employees_latest_first" ON "employees" USING btree ("corp_id",coalesce("last_signed_in_at", 'epoch'::timestamptz) desc,"user_id");--> statement-breakpoint
CREATE INDEX "sessions_employee" ON "sessions" USING btree ("corp_id","user_id","started_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "spent_codes_expiry" ON "spent_codes" USING btree ("expires_at");