CREATE TABLE "audit_days" (
	"corp_id" text NOT NULL,
	"day" date NOT NULL,
	"kind" text NOT NULL,
	"detail" text NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "audit_days_corp_id_day_kind_detail_pk" PRIMARY KEY("corp_id","day","kind","detail")
);
--> statement-breakpoint
CREATE TABLE "dingtalk_calls" (
	"hour" timestamp (3) with time zone NOT NULL,
	"name" text NOT NULL,
	"calls" integer NOT NULL,
	"failures" integer NOT NULL,
	"throttled" integer NOT NULL,
	"spans" integer[] NOT NULL,
	CONSTRAINT "dingtalk_calls_hour_name_pk" PRIMARY KEY("hour","name")
);
