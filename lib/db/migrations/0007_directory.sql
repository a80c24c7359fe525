-- Trigrams find words inside the search text. The role that migrates needs the right CREATE on the database.
CREATE EXTENSION IF NOT EXISTS pg_trgm;--> statement-breakpoint
CREATE TABLE "sync_departments" (
	"run_id" bigint NOT NULL,
	"department_id" bigint NOT NULL,
	"cursor" bigint,
	"done_at" timestamp (3) with time zone,
	CONSTRAINT "sync_departments_run_id_department_id_pk" PRIMARY KEY("run_id","department_id")
);
--> statement-breakpoint
CREATE TABLE "sync_missing" (
	"run_id" bigint NOT NULL,
	"user_id" text NOT NULL,
	"answer" text,
	CONSTRAINT "sync_missing_run_id_user_id_pk" PRIMARY KEY("run_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "sync_runs" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sync_runs_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"corp_id" text NOT NULL,
	"state" text DEFAULT 'running' NOT NULL,
	"trigger" text NOT NULL,
	"started_by" text,
	"decided_by" text,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"reason" text,
	"holder" text NOT NULL,
	"leased_until" timestamp (3) with time zone NOT NULL,
	"range" jsonb,
	"expected_people" integer,
	"people" integer DEFAULT 0 NOT NULL,
	"added" integer DEFAULT 0 NOT NULL,
	"changed" integer DEFAULT 0 NOT NULL,
	"deactivated" integer DEFAULT 0 NOT NULL,
	"out_of_range" integer DEFAULT 0 NOT NULL,
	"unreadable" integer DEFAULT 0 NOT NULL,
	"calls" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "departments" ADD COLUMN "position" integer;--> statement-breakpoint
ALTER TABLE "employees" ADD COLUMN "search_keys" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "employees" ADD COLUMN "name_key" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "employees" ADD COLUMN "search_version" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "employees" ADD COLUMN "department_ids" bigint[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "employees" ADD COLUMN "is_admin" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "employees" ADD COLUMN "is_leader" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "employees" ADD COLUMN "seen_in_sync" bigint;--> statement-breakpoint
ALTER TABLE "employees" ADD COLUMN "is_in_range" boolean DEFAULT true NOT NULL;--> statement-breakpoint
CREATE INDEX "sync_runs_latest" ON "sync_runs" USING btree ("corp_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "sync_runs_one_open" ON "sync_runs" USING btree ("corp_id") WHERE "sync_runs"."state" in ('running', 'paused');--> statement-breakpoint
CREATE INDEX "employees_by_name" ON "employees" USING btree ("corp_id","name_key" collate "C","user_id");--> statement-breakpoint
CREATE INDEX "employees_search_text" ON "employees" USING gin ("search_text" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "employees_search_keys" ON "employees" USING gin ("search_keys");--> statement-breakpoint
CREATE INDEX "employees_departments" ON "employees" USING gin ("department_ids");