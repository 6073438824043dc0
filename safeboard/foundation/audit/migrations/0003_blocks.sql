-- Every transaction that notes something makes one block. Its entries are written as it goes; the block is closed, and
-- chained to the one before it, when the transaction commits. The lock that keeps the chain in order is taken last and
-- held for that moment, so nobody waits for anybody's long work, and no two transactions wait for each other.
CREATE SEQUENCE audit_entry_number;
CREATE SEQUENCE audit_block_key;
SELECT setval('audit_entry_number', max(number)) FROM audit_trailentry HAVING max(number) IS NOT NULL;

-- What the hash of an entry, and that of a block, cover, as one text. Verifying hashes these texts outside the database.
CREATE FUNCTION audit_text(entry audit_trailentry) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_array(entry.number, to_char(entry.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), entry.who,
    entry.seat, entry.agency, entry.purpose, entry.did, entry.kind, entry.object_id, entry.details)::text
$$;
CREATE FUNCTION audit_text(block audit_trailblock) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_array(block.number, to_char(block.closed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'),
    block.entries, block.digest, block.previous)::text
$$;
CREATE FUNCTION audit_sha256(said text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to(said, 'UTF8')), 'hex')
$$;

-- Number, time, who acts and hash of an entry come from here, whoever inserts it.
CREATE FUNCTION audit_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.number := nextval('audit_entry_number');
  NEW.at := clock_timestamp();
  NEW.who := coalesce(current_setting('safeboard.who', true), '');
  NEW.seat := coalesce(current_setting('safeboard.seat', true), '');
  NEW.agency := coalesce(current_setting('safeboard.agency', true), '');
  NEW.purpose := coalesce(current_setting('safeboard.purpose', true), '');
  NEW.hash := audit_sha256(audit_text(NEW));
  RETURN NEW;
END $$;

-- The block of this transaction that is still open; none before its first entry.
CREATE FUNCTION audit_open_block() RETURNS bigint LANGUAGE sql VOLATILE AS $$
  SELECT key FROM audit_trailblock WHERE number IS NULL AND xact = pg_current_xact_id()::text
$$;

-- A block is put down after its first entries, so that one closed at once (SET CONSTRAINTS ... IMMEDIATE) holds them.
CREATE FUNCTION audit_put_block(mine bigint) RETURNS void LANGUAGE sql AS $$
  INSERT INTO audit_trailblock (key, xact, entries, digest, previous, hash)
    SELECT mine, pg_current_xact_id()::text, 0, '', '', '' WHERE audit_open_block() IS NULL
$$;

CREATE FUNCTION audit_close() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  head audit_trailhead%ROWTYPE;
  closed audit_trailblock%ROWTYPE := NEW;
BEGIN
  SELECT count(*), audit_sha256(coalesce(string_agg(hash, '' ORDER BY number), ''))
    INTO closed.entries, closed.digest FROM audit_trailentry WHERE block = NEW.key;
  PERFORM pg_advisory_xact_lock(7210001);
  SELECT * INTO head FROM audit_trailhead WHERE id = 1;
  closed.number := coalesce(head.number, 0) + 1;
  closed.previous := coalesce(head.hash, repeat('0', 64));
  closed.closed_at := clock_timestamp();
  closed.hash := audit_sha256(audit_text(closed));
  UPDATE audit_trailblock SET number = closed.number, previous = closed.previous, closed_at = closed.closed_at,
    entries = closed.entries, digest = closed.digest, hash = closed.hash WHERE key = NEW.key;
  INSERT INTO audit_trailhead (id, number, hash) VALUES (1, closed.number, closed.hash)
    ON CONFLICT (id) DO UPDATE SET number = excluded.number, hash = excluded.hash;
  RETURN NULL;
END $$;

-- What came from before there were blocks becomes the first of them.
UPDATE audit_trailentry AS entry SET hash = audit_sha256(audit_text(entry)), block = 1;
DELETE FROM audit_trailhead;
CREATE TRIGGER audit_seal BEFORE INSERT ON audit_trailentry FOR EACH ROW EXECUTE FUNCTION audit_seal();
CREATE CONSTRAINT TRIGGER audit_close AFTER INSERT ON audit_trailblock DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION audit_close();
SET CONSTRAINTS audit_close IMMEDIATE;
SELECT audit_put_block(nextval('audit_block_key')) WHERE EXISTS (SELECT FROM audit_trailentry);
SET CONSTRAINTS audit_close DEFERRED;

CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The audit trail is only ever added to.';
END $$;
CREATE TRIGGER audit_refuse BEFORE UPDATE OR DELETE ON audit_trailentry FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_refuse_all BEFORE TRUNCATE ON audit_trailentry FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_refuse BEFORE UPDATE OR DELETE ON audit_trailblock FOR EACH ROW WHEN (OLD.number IS NOT NULL)
  EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_refuse_all BEFORE TRUNCATE ON audit_trailblock FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();

-- What the application calls for readings. The functions that write run with the rights of the trail's owner: the
-- application's own role has none on these tables but to read.
CREATE FUNCTION audit_note(did text, kind text, object_id text, details jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE mine bigint := coalesce(audit_open_block(), nextval('audit_block_key'));
BEGIN
  INSERT INTO audit_trailentry (did, kind, object_id, details, block) VALUES (did, kind, object_id, details, mine);
  PERFORM audit_put_block(mine);
END $$;

-- A column that holds a secret is noted as changed, never with its value.
CREATE FUNCTION audit_change(of_table text, col text, before jsonb, after jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN col IN ('password', 'secret', 'token_digest', 'code_digest', 'last_login') OR of_table LIKE 'mfa_%'
      THEN '["hidden", "hidden"]'::jsonb
    ELSE jsonb_build_array(before, after) END
$$;

-- The three triggers of every watched table. Each sees all rows of one statement: a bulk load is noted row by row in one
-- pass. The argument names the column of the record's key.
CREATE FUNCTION audit_note_added() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE mine bigint := coalesce(audit_open_block(), nextval('audit_block_key'));
BEGIN
  INSERT INTO audit_trailentry (did, kind, object_id, details, block)
    SELECT 'added', TG_TABLE_NAME, added.row ->> TG_ARGV[0],
      (SELECT coalesce(jsonb_object_agg(key, audit_change(TG_TABLE_NAME, key, NULL, value)), '{}'::jsonb)
        FROM jsonb_each(added.row)), mine
    FROM (SELECT jsonb_strip_nulls(to_jsonb(each)) AS row FROM after_rows AS each) AS added;
  IF FOUND THEN PERFORM audit_put_block(mine); END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION audit_note_removed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE mine bigint := coalesce(audit_open_block(), nextval('audit_block_key'));
BEGIN
  INSERT INTO audit_trailentry (did, kind, object_id, details, block)
    SELECT 'removed', TG_TABLE_NAME, removed.row ->> TG_ARGV[0],
      (SELECT coalesce(jsonb_object_agg(key, audit_change(TG_TABLE_NAME, key, value, NULL)), '{}'::jsonb)
        FROM jsonb_each(removed.row)), mine
    FROM (SELECT jsonb_strip_nulls(to_jsonb(each)) AS row FROM before_rows AS each) AS removed;
  IF FOUND THEN PERFORM audit_put_block(mine); END IF;
  RETURN NULL;
END $$;

-- A row whose key was changed is noted as removed under the old and added under the new one.
CREATE FUNCTION audit_note_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE mine bigint := coalesce(audit_open_block(), nextval('audit_block_key'));
BEGIN
  INSERT INTO audit_trailentry (did, kind, object_id, details, block)
    SELECT CASE WHEN before.row IS NULL THEN 'added' WHEN after.row IS NULL THEN 'removed' ELSE 'changed' END,
      TG_TABLE_NAME, coalesce(after.row, before.row) ->> TG_ARGV[0],
      (SELECT jsonb_object_agg(key, audit_change(TG_TABLE_NAME, key, before.row -> key, after.row -> key))
        FROM jsonb_object_keys(coalesce(before.row, '{}'::jsonb) || coalesce(after.row, '{}'::jsonb)) AS key
        WHERE before.row -> key IS DISTINCT FROM after.row -> key), mine
    FROM (SELECT jsonb_strip_nulls(to_jsonb(each)) AS row FROM before_rows AS each) AS before
    FULL JOIN (SELECT jsonb_strip_nulls(to_jsonb(each)) AS row FROM after_rows AS each) AS after
      ON before.row ->> TG_ARGV[0] = after.row ->> TG_ARGV[0]
    WHERE before.row IS DISTINCT FROM after.row;
  IF FOUND THEN PERFORM audit_put_block(mine); END IF;
  RETURN NULL;
END $$;
