-- That somebody signed in has an entry of its own. When they last did, noted beside it in their account, is no change of
-- the account: the readers of the trail would meet it at every sign-in.
CREATE OR REPLACE FUNCTION audit_note_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  mine bigint := coalesce(audit_open_block(), nextval('audit_block_key'));
  moments CONSTANT text[] := ARRAY['last_login', 'last_used_at'];
BEGIN
  INSERT INTO audit_trailentry (did, kind, object_id, details, block)
    SELECT CASE WHEN before.row IS NULL THEN 'added' WHEN after.row IS NULL THEN 'removed' ELSE 'changed' END,
      TG_TABLE_NAME, coalesce(after.row, before.row) ->> TG_ARGV[0],
      (SELECT jsonb_object_agg(key, audit_change(TG_TABLE_NAME, key, before.row -> key, after.row -> key))
        FROM jsonb_object_keys(coalesce(before.row, '{}'::jsonb) || coalesce(after.row, '{}'::jsonb)) AS key
        WHERE before.row -> key IS DISTINCT FROM after.row -> key), mine
    FROM (SELECT jsonb_strip_nulls(to_jsonb(each)) - moments AS row FROM before_rows AS each) AS before
    FULL JOIN (SELECT jsonb_strip_nulls(to_jsonb(each)) - moments AS row FROM after_rows AS each) AS after
      ON before.row ->> TG_ARGV[0] = after.row ->> TG_ARGV[0]
    WHERE before.row IS DISTINCT FROM after.row;
  IF FOUND THEN PERFORM audit_put_block(mine); END IF;
  RETURN NULL;
END $$;
