-- Words by which any street or house is told say nothing by their sound: "Road" sounds like Wright and Reid, and with it
-- half of all addresses stood under the sound of their names.
CREATE FUNCTION matching_tells_a_street(word text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT word = ANY (ARRAY['street', 'st', 'road', 'rd', 'avenue', 'ave', 'lane', 'ln', 'close', 'cl', 'drive', 'dr', 'place', 'pl',
    'court', 'ct', 'crescent', 'way', 'grove', 'terrace', 'gardens', 'square', 'flat', 'house', 'the', 'of'])
$$;

CREATE OR REPLACE FUNCTION matching_address_keys(word text) RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT ARRAY['a' || word]
    || CASE WHEN length(word) >= 4 AND NOT matching_tells_a_street(word)
         THEN coalesce((SELECT array_agg('q' || sound) FROM unnest(matching_sounds(word)) AS sound), '{}') ELSE '{}' END
$$;

SELECT matching_refresh_all();
ANALYZE matching_searchdocument;  -- all rows are new: without it the planner reads everybody
