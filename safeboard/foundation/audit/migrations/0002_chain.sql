-- What an entry's hash covers, as one text. Verifying reads this text and hashes it outside the database.
CREATE FUNCTION audit_text(entry audit_trailentry) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_array(entry.number, to_char(entry.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), entry.who,
    entry.seat, entry.agency, entry.purpose, entry.did, entry.kind, entry.object_id, entry.details, entry.previous)::text
$$;

-- One entry after another: the lock is held until the writer commits, so the chain's order is the order of commits.
CREATE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE head audit_trailhead%ROWTYPE;
BEGIN
  PERFORM pg_advisory_xact_lock(7210001);
  SELECT * INTO head FROM audit_trailhead WHERE id = 1;
  NEW.number := coalesce(head.number, 0) + 1;
  NEW.previous := coalesce(head.hash, repeat('0', 64));
  NEW.at := clock_timestamp();
  NEW.hash := encode(sha256(convert_to(audit_text(NEW), 'UTF8')), 'hex');
  INSERT INTO audit_trailhead (id, number, hash) VALUES (1, NEW.number, NEW.hash)
    ON CONFLICT (id) DO UPDATE SET number = excluded.number, hash = excluded.hash;
  RETURN NEW;
END $$;
CREATE TRIGGER audit_chain BEFORE INSERT ON audit_trailentry FOR EACH ROW EXECUTE FUNCTION audit_chain();

CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The audit trail is only ever added to.';
END $$;
CREATE TRIGGER audit_refuse BEFORE UPDATE OR DELETE ON audit_trailentry FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_refuse_all BEFORE TRUNCATE ON audit_trailentry FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();

-- Who acts is told by the application at the start of each request and job; what it does not tell stays empty.
CREATE FUNCTION audit_note(did text, kind text, object_id text, details jsonb) RETURNS void LANGUAGE sql AS $$
  INSERT INTO audit_trailentry (number, at, who, seat, agency, purpose, did, kind, object_id, details, previous, hash)
  VALUES (0, now(), coalesce(current_setting('safeboard.who', true), ''),
    coalesce(current_setting('safeboard.seat', true), ''), coalesce(current_setting('safeboard.agency', true), ''),
    coalesce(current_setting('safeboard.purpose', true), ''), did, kind, object_id, details, '', '')
$$;

-- Secrets are noted as changed, never with their value.
CREATE FUNCTION audit_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before jsonb := CASE WHEN TG_OP = 'INSERT' THEN '{}'::jsonb ELSE jsonb_strip_nulls(to_jsonb(OLD)) END;
  after jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{}'::jsonb ELSE jsonb_strip_nulls(to_jsonb(NEW)) END;
  changes jsonb;
BEGIN
  SELECT coalesce(jsonb_object_agg(key, CASE
      WHEN key IN ('password', 'secret', 'token_digest', 'last_login') OR TG_TABLE_NAME LIKE 'mfa_%' THEN '["hidden", "hidden"]'::jsonb
      ELSE jsonb_build_array(before -> key, after -> key) END), '{}'::jsonb)
    INTO changes
    FROM jsonb_object_keys(before || after) AS key
    WHERE before -> key IS DISTINCT FROM after -> key;
  IF TG_OP <> 'UPDATE' OR changes <> '{}'::jsonb THEN
    PERFORM audit_note(CASE TG_OP WHEN 'INSERT' THEN 'added' WHEN 'DELETE' THEN 'removed' ELSE 'changed' END,
      TG_TABLE_NAME, coalesce((before || after) ->> 'id', ''), changes);
  END IF;
  RETURN NULL;
END $$;
