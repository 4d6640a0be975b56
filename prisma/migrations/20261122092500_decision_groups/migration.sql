-- Candidates are stored in a binary form of their own: half the bytes of the JSON, nothing to parse, nothing to compress.
-- Rows from before keep their JSON text in it; the reader knows both.
ALTER TABLE "Decision" ALTER COLUMN "candidates" TYPE BYTEA USING convert_to("candidates"::text, 'UTF8');
-- Random bytes do not compress: trying to cost more than the rest of the insert. A decision stays in its page.
ALTER TABLE "Decision" ALTER COLUMN "candidates" SET STORAGE EXTERNAL;
ALTER TABLE "Decision" SET (toast_tuple_target = 8160);

-- Decisions of several shops are made in one transaction, or ten thousand shops would cost ten thousand commits. The
-- role that does it sees the shops of its group only, may read what decisions depend on, and may add decisions.
DO $$
BEGIN
  CREATE ROLE postlude_decider NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
DO $$
BEGIN
  EXECUTE format('GRANT postlude_decider TO %I', current_user);
END $$;
GRANT USAGE ON SCHEMA public TO postlude_decider;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO postlude_decider;
REVOKE ALL ON "Shop", "Session", "WebhookInbox" FROM postlude_decider;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO postlude_decider;
GRANT INSERT ON "Decision", "Placement" TO postlude_decider;

CREATE FUNCTION decider_shop_ids() RETURNS integer[]
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN string_to_array(current_setting('app.shop_ids', true), ',')::integer[];

CREATE FUNCTION let_decider_see(tbl regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  -- As a subquery, so that the list is read once per statement and not once per row.
  EXECUTE format('CREATE POLICY decider ON %s TO postlude_decider USING ("shopId" = ANY ((SELECT decider_shop_ids())::integer[])) WITH CHECK ("shopId" = ANY ((SELECT decider_shop_ids())::integer[]))', tbl);
END $$;

-- Every table that comes later gets both.
CREATE OR REPLACE FUNCTION keep_tenants_apart(tbl regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', tbl);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', tbl);
  EXECUTE format('CREATE POLICY tenant ON %s USING ("shopId" = current_shop_id()) WITH CHECK ("shopId" = current_shop_id())', tbl);
  PERFORM let_decider_see(tbl);
END $$;

DO $$
DECLARE t regclass;
BEGIN
  FOR t IN
    SELECT p.polrelid::regclass FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
    WHERE p.polname = 'tenant' AND c.relnamespace = 'public'::regnamespace
  LOOP
    PERFORM let_decider_see(t);
  END LOOP;
END $$;
