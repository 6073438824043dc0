-- As before, but a name or a number more sensitive than its person's record (sealed after adoption) is no way to be
-- found, as such an address never was. The documents of those who have one are written anew by the triggers.
CREATE OR REPLACE FUNCTION matching_documents(wanted uuid[]) RETURNS TABLE (person_id uuid, keys tsvector, facts jsonb) LANGUAGE sql STABLE AS $$
  WITH RECURSIVE member (root, id, born_on, expected_on, sensitivity) AS (
    SELECT id, id, born_on, expected_on, sensitivity FROM people_person WHERE id = ANY (wanted) AND joined_into_id IS NULL
    UNION
    SELECT member.root, folded.id, folded.born_on, folded.expected_on, folded.sensitivity
      FROM people_person AS folded JOIN member ON folded.joined_into_id = member.id
  ), name AS (
    SELECT member.root, it.kind, matching_words(it.given) AS given, matching_words(it.family) AS family
      FROM member JOIN people_personname AS it ON it.person_id = member.id AND it.sensitivity <= greatest(member.sensitivity, 2)
  ), place AS (
    SELECT member.root, matching_words(address.lines) AS words, matching_fold(address.postcode) AS postcode,
           it.ends_on IS NULL AS goes_on
      FROM member JOIN people_personaddress AS it ON it.person_id = member.id AND it.sensitivity <= member.sensitivity
      JOIN people_address AS address ON address.id = it.address_id
     WHERE it.kind <> 'safe contact'
  ), number AS (
    SELECT member.root, it.kind, lower(regexp_replace(it.value, '[^a-zA-Z0-9]', '', 'g')) AS value, it.ended_on IS NULL AS goes_on
      FROM member JOIN people_identifier AS it ON it.person_id = member.id AND it.sensitivity <= greatest(member.sensitivity, 2)
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
