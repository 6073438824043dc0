-- One search document a person in use: the keys by which they are found, and the facts that say why. The database writes
-- it at every change of what it is made of, so no code can forget to.
CREATE TABLE matching_searchdocument (person_id uuid PRIMARY KEY, keys tsvector NOT NULL, facts jsonb NOT NULL)
  WITH (toast_tuple_target = 8160);  -- a document of the usual size stays in its row: ranking reads thousands of them
ALTER TABLE matching_searchdocument ALTER COLUMN keys SET STORAGE EXTERNAL;

CREATE AGGREGATE matching_all_of (anycompatiblearray) (sfunc = array_cat, stype = anycompatiblearray, initcond = '{}', parallel = safe);

-- The record in use where somebody was joined into another, perhaps by several steps.
CREATE FUNCTION matching_in_use(person uuid) RETURNS uuid LANGUAGE sql STABLE AS $$
  WITH RECURSIVE up (id, joined_into_id) AS (
    SELECT id, joined_into_id FROM people_person WHERE id = person
    UNION SELECT above.id, above.joined_into_id FROM people_person AS above JOIN up ON above.id = up.joined_into_id)
  SELECT id FROM up WHERE joined_into_id IS NULL
$$;

-- The documents of these records in use, made of everything that stands at them and at what was joined into them.
-- An address more sensitive than its person's record (a safe-contact address) is no way to be found.
CREATE FUNCTION matching_documents(wanted uuid[]) RETURNS TABLE (person_id uuid, keys tsvector, facts jsonb) LANGUAGE sql STABLE AS $$
  WITH RECURSIVE member (root, id, born_on, expected_on, sensitivity) AS (
    SELECT id, id, born_on, expected_on, sensitivity FROM people_person WHERE id = ANY (wanted) AND joined_into_id IS NULL
    UNION
    SELECT member.root, folded.id, folded.born_on, folded.expected_on, folded.sensitivity
      FROM people_person AS folded JOIN member ON folded.joined_into_id = member.id
  ), name AS (
    SELECT member.root, it.kind, matching_words(it.given) AS given, matching_words(it.family) AS family
      FROM member JOIN people_personname AS it ON it.person_id = member.id
  ), place AS (
    SELECT member.root, matching_words(address.lines) AS words, matching_fold(address.postcode) AS postcode,
           it.ends_on IS NULL AS goes_on
      FROM member JOIN people_personaddress AS it ON it.person_id = member.id AND it.sensitivity <= member.sensitivity
      JOIN people_address AS address ON address.id = it.address_id
     WHERE it.kind <> 'safe contact'
  ), number AS (
    SELECT member.root, it.kind, lower(regexp_replace(it.value, '[^a-zA-Z0-9]', '', 'g')) AS value, it.ended_on IS NULL AS goes_on
      FROM member JOIN people_identifier AS it ON it.person_id = member.id
  ), day AS (
    SELECT root, born_on AS day FROM member WHERE born_on IS NOT NULL
    UNION SELECT root, expected_on FROM member WHERE expected_on IS NOT NULL
  ), spelt AS (
    SELECT DISTINCT root, 'n' AS part, word FROM name, unnest(given || family) AS word
    UNION SELECT root, 'n', array_to_string(given, '') FROM name WHERE cardinality(given) > 1
    UNION SELECT root, 'n', array_to_string(family, '') FROM name WHERE cardinality(family) > 1
    UNION SELECT root, 'a', word FROM place, unnest(words) AS word
    UNION SELECT root, 'a', words[at] || words[at + 1] FROM place, generate_subscripts(words, 1) AS at
     WHERE at < cardinality(words) AND words[at] !~ '[0-9]' AND words[at + 1] !~ '[0-9]'
  ), word AS MATERIALIZED (
    SELECT part, word, CASE part WHEN 'n' THEN matching_name_keys(word) || matching_name_guesses(word) || ('l' || left(word, 1))
      ELSE matching_address_keys(word) END AS keys
    FROM (SELECT DISTINCT part, word FROM spelt) AS every
  ), key AS (
    SELECT spelt.root, word.keys FROM spelt JOIN word USING (part, word)
    UNION ALL SELECT root, matching_date_keys(day) FROM day
    UNION ALL SELECT root, matching_postcode_keys(postcode) FROM place
    UNION ALL SELECT root, ARRAY['i' || value] FROM number
  )
  SELECT member.root, array_to_tsvector(coalesce(found.keys, '{}')),
    jsonb_build_object('names', coalesce(names.facts, '[]'), 'days', coalesce(days.facts, '[]'),
      'places', coalesce(places.facts, '[]'), 'numbers', coalesce(numbers.facts, '[]'))
  FROM member
  LEFT JOIN (SELECT root, matching_all_of(keys) AS keys FROM key GROUP BY root) AS found USING (root)
  LEFT JOIN (SELECT root, jsonb_agg(jsonb_build_array(kind, given, family) ORDER BY kind, given, family) AS facts FROM name GROUP BY root) AS names USING (root)
  LEFT JOIN (SELECT root, jsonb_agg(day ORDER BY day) AS facts FROM day GROUP BY root) AS days USING (root)
  LEFT JOIN (SELECT root, jsonb_agg(jsonb_build_array(goes_on, words, replace(postcode, ' ', '')) ORDER BY words) AS facts FROM place GROUP BY root) AS places USING (root)
  LEFT JOIN (SELECT root, jsonb_agg(jsonb_build_array(kind, value, goes_on) ORDER BY kind, value) AS facts FROM number GROUP BY root) AS numbers USING (root)
  WHERE member.root = member.id
$$;

-- Write the documents of these people anew. Their records are locked first, so that of two writers at once the second
-- reads what the first wrote (a new statement sees it, under READ COMMITTED).
CREATE FUNCTION matching_refresh(people uuid[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  wanted uuid[];
BEGIN
  SELECT array_agg(DISTINCT root) INTO wanted FROM unnest(people) AS person, matching_in_use(person) AS root WHERE root IS NOT NULL;
  PERFORM 1 FROM people_person WHERE id = ANY (wanted) ORDER BY id FOR NO KEY UPDATE;
  -- A hundred at a time: the planner takes any number of people for ten, and its plan for ten is poor for thousands.
  FOR place IN 1 .. coalesce(cardinality(wanted), 0) BY 100 LOOP
    INSERT INTO matching_searchdocument SELECT * FROM matching_documents(wanted[place : place + 99])
      ON CONFLICT (person_id) DO UPDATE SET keys = excluded.keys, facts = excluded.facts
      WHERE matching_searchdocument.facts <> excluded.facts OR matching_searchdocument.keys <> excluded.keys;
  END LOOP;
  DELETE FROM matching_searchdocument WHERE person_id = ANY (people) AND person_id <> ALL (coalesce(wanted, '{}'));
END $$;

-- Write every document anew: after a bulk load with the triggers off, and where the keys themselves have changed.
CREATE FUNCTION matching_refresh_all() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  batch uuid[];
  last uuid := '00000000-0000-0000-0000-000000000000';
BEGIN
  TRUNCATE matching_searchdocument;
  DROP INDEX IF EXISTS matching_searchdocument_keys;  -- making it anew is many times quicker than filling it
  LOOP
    SELECT array_agg(id), max(id::text)::uuid INTO batch, last
      FROM (SELECT id FROM people_person WHERE id > last AND joined_into_id IS NULL ORDER BY id LIMIT 50000) AS next;
    EXIT WHEN batch IS NULL;
    INSERT INTO matching_searchdocument SELECT * FROM matching_documents(batch);
  END LOOP;
  CREATE INDEX matching_searchdocument_keys ON matching_searchdocument USING gin (keys) WITH (fastupdate = off);
END $$;

CREATE FUNCTION matching_person_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM matching_refresh(array_agg(id)) FROM after;
  ELSIF TG_OP = 'UPDATE' THEN
    PERFORM matching_refresh(array_agg(DISTINCT touched.id))
      FROM before JOIN after USING (id), LATERAL (VALUES (after.id), (before.joined_into_id)) AS touched (id)
     WHERE touched.id IS NOT NULL AND (before.born_on, before.expected_on, before.joined_into_id, before.sensitivity)
           IS DISTINCT FROM (after.born_on, after.expected_on, after.joined_into_id, after.sensitivity);
  ELSE
    PERFORM matching_refresh(array_agg(touched.id)) FROM before, LATERAL (VALUES (before.id), (before.joined_into_id)) AS touched (id)
     WHERE touched.id IS NOT NULL;
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION matching_part_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM matching_refresh(array_agg(DISTINCT person_id)) FROM after;
  ELSIF TG_OP = 'DELETE' THEN
    PERFORM matching_refresh(array_agg(DISTINCT person_id)) FROM before;
  ELSE
    PERFORM matching_refresh(array_agg(DISTINCT person_id)) FROM (SELECT person_id FROM before UNION SELECT person_id FROM after) AS touched;
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION matching_address_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM matching_refresh(array_agg(DISTINCT living.person_id)) FROM after JOIN people_personaddress AS living ON living.address_id = after.id;
  RETURN NULL;
END $$;

CREATE FUNCTION matching_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM matching_refresh_all();
  RETURN NULL;
END $$;

DO $$
DECLARE
  watched text;
  what text;
BEGIN
  FOREACH watched IN ARRAY ARRAY['person', 'personname', 'identifier', 'personaddress'] LOOP
    what := CASE watched WHEN 'person' THEN 'matching_person_changed' ELSE 'matching_part_changed' END;
    EXECUTE format('CREATE TRIGGER search_added AFTER INSERT ON people_%s REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION %s()', watched, what);
    EXECUTE format('CREATE TRIGGER search_changed AFTER UPDATE ON people_%s REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION %s()', watched, what);
    EXECUTE format('CREATE TRIGGER search_removed AFTER DELETE ON people_%s REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION %s()', watched, what);
    EXECUTE format('CREATE TRIGGER search_emptied AFTER TRUNCATE ON people_%s FOR EACH STATEMENT EXECUTE FUNCTION matching_emptied()', watched);
  END LOOP;
  CREATE TRIGGER search_changed AFTER UPDATE ON people_address REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION matching_address_changed();
END $$;

SELECT matching_refresh_all();
