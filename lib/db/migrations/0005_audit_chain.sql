CREATE TABLE "audit_chain" (
	"position" bigint PRIMARY KEY NOT NULL,
	"event_id" bigint NOT NULL,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_checkpoints" (
	"position" bigint PRIMARY KEY NOT NULL,
	"hash" text NOT NULL,
	"kind" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"signature" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_exports" (
	"target" text PRIMARY KEY NOT NULL,
	"position" bigint DEFAULT 0 NOT NULL,
	"holder" text NOT NULL,
	"leased_until" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "audit_chain_event" ON "audit_chain" USING btree ("event_id");
--> statement-breakpoint
-- The text that is hashed is a JSON array of texts, which lib/audit/chain.ts writes in the same way.
CREATE FUNCTION "audit_event_hash"("event" "audit_events", "position" bigint, "previous_hash" text) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to(json_build_array(
    $3, $2::text, $1."id"::text, round(extract(epoch FROM $1."at") * 1000)::bigint::text, $1."kind", $1."corp_id",
    $1."user_id", $1."actor_user_id", $1."method", $1."reason", $1."reference", $1."ip", $1."user_agent",
    $1."request_id", $1."dingtalk_request_id", $1."count"::text
  )::text, 'UTF8')), 'hex')
$$;--> statement-breakpoint
-- Runs when a transaction commits, so that the lock, which gives all events one order, is held only for that moment. With the
-- rights of its owner: the app's own role needs none to write the chain.
CREATE FUNCTION "chain_audit_event"() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  "last" "audit_chain";
BEGIN
  PERFORM pg_advisory_xact_lock(7405321);
  -- A restored event has its place already.
  IF EXISTS (SELECT FROM "audit_chain" WHERE "event_id" = NEW."id") THEN RETURN NULL; END IF;
  SELECT * INTO "last" FROM "audit_chain" ORDER BY "position" DESC LIMIT 1;
  IF NOT FOUND THEN
    SELECT "position", NULL, NULL, "hash" INTO "last" FROM "audit_checkpoints" ORDER BY "position" DESC LIMIT 1;
  END IF;
  INSERT INTO "audit_chain" ("position", "event_id", "previous_hash", "hash")
  VALUES (coalesce("last"."position", 0) + 1, NEW."id", coalesce("last"."hash", ''),
    "audit_event_hash"(NEW, coalesce("last"."position", 0) + 1, coalesce("last"."hash", '')));
  RETURN NULL;
END $$;--> statement-breakpoint
-- Deletes the beginning of the trail, up to an event that a signed checkpoint names. The role of the app cannot delete events itself.
CREATE FUNCTION "delete_audit_events"("last_position" bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM "audit_checkpoints" WHERE "position" = "last_position" AND "kind" = 'retention') THEN
    RAISE EXCEPTION 'there is no checkpoint at position %', "last_position";
  END IF;
  IF EXISTS (
    SELECT FROM "audit_chain" JOIN "audit_events" ON "id" = "event_id"
    WHERE "position" <= "last_position" AND "at" > now() - interval '1 day'
  ) THEN
    RAISE EXCEPTION 'audit events of the last day are kept';
  END IF;
  WITH "deleted" AS (DELETE FROM "audit_chain" WHERE "position" <= "last_position" RETURNING "event_id")
  DELETE FROM "audit_events" USING "deleted" WHERE "id" = "event_id";
END $$;--> statement-breakpoint
DO $$
DECLARE
  "event" "audit_events";
  "place" bigint := 0;
  "previous" text := '';
  "digest" text;
BEGIN
  FOR "event" IN SELECT * FROM "audit_events" ORDER BY "id" LOOP
    "place" := "place" + 1;
    "digest" := "audit_event_hash"("event", "place", "previous");
    INSERT INTO "audit_chain" VALUES ("place", "event"."id", "previous", "digest");
    "previous" := "digest";
  END LOOP;
END $$;--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_events_chain" AFTER INSERT ON "audit_events"
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "chain_audit_event"();
