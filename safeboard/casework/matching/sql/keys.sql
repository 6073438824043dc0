-- From what is written or typed to keys under which it is found. The same functions make the keys of the records and of
-- the question, so the two cannot drift apart. Keys are text whose first letter says of what kind they are:
--   names:   w the word as written · k the full form of a pet name · p how it sounds · s its consonants
--            e the word, and the word with one letter left out (two words one slip apart share one) · l its first letter
--   dates:   b the day · m its month · c day and month · y its year · x the day with one digit left open
--   others:  i an identifier · a a word of an address · q how that sounds · z a postcode, or its first half
CREATE TABLE matching_letter (letter text PRIMARY KEY, latin text NOT NULL);
CREATE TABLE matching_nickname (pet text NOT NULL, formal text NOT NULL, PRIMARY KEY (pet, formal));

-- Lower-case words of a-z and 0-9 with one blank between. Accents go, other alphabets are written in Latin letters,
-- an apostrophe joins (O'Brien: obrien), every other sign parts (Smith-Jones: smith jones).
CREATE FUNCTION matching_fold(written text) RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
  folded text := lower(coalesce(written, ''));
BEGIN
  IF folded ~ '[^ -~]' THEN
    folded := regexp_replace(translate(normalize(folded, NFKD), '’‘ʼ`´', ''''''''''''), '[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]', '', 'g');
  END IF;
  IF folded ~ '[^ -~]' THEN
    SELECT string_agg(coalesce(known.latin, one.letter), '' ORDER BY one.place) INTO folded
      FROM regexp_split_to_table(folded, '') WITH ORDINALITY AS one (letter, place)
      LEFT JOIN matching_letter AS known ON known.letter = one.letter;
  END IF;
  RETURN trim(regexp_replace(replace(folded, '''', ''), '[^a-z0-9]+', ' ', 'g'));
END $$;

CREATE FUNCTION matching_words(written text) RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_remove(string_to_array(matching_fold(written), ' '), ''), '{}')
$$;

-- The consonants of a word, those that alphabets write alike made one: Mohammed, Muhamad and the vowelless mhmd meet.
CREATE FUNCTION matching_consonants(word text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT regexp_replace(left(plain, 1) || translate(substr(plain, 2), 'aeiouhwy', ''), '(.)\1+', '\1', 'g')
  FROM translate(replace(replace(replace(replace(replace(word, 'ph', 'f'), 'kh', 'k'), 'ch', 'k'), 'ck', 'k'), 'sz', 's'),
                 'cqzvdbjx', 'kksftpgk') AS plain
$$;

CREATE FUNCTION matching_slips(word text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN length(word) < 4 THEN ARRAY[word]
    ELSE (SELECT array_agg(DISTINCT left(word, place - 1) || substr(word, place + 1))
          FROM generate_series(1, least(length(word), 20)) AS place) || word END
$$;

CREATE FUNCTION matching_sounds(word text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN word ~ '[0-9]' OR length(word) < 2 THEN '{}'::text[]
    ELSE array_remove(ARRAY[dmetaphone(left(word, 40)), dmetaphone_alt(left(word, 40))], '') END
$$;

-- What a word of a name certainly is, and what it may be.
CREATE FUNCTION matching_name_keys(word text) RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT ARRAY['w' || word, 'k' || word]
    || coalesce((SELECT array_agg('k' || formal) FROM matching_nickname WHERE pet = word), '{}')
$$;
CREATE FUNCTION matching_name_guesses(word text) RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce((SELECT array_agg('p' || sound) FROM unnest(matching_sounds(word)) AS sound), '{}')
    || (SELECT array_agg('e' || slip) FROM unnest(matching_slips(word)) AS slip)
    || CASE WHEN length(matching_consonants(word)) >= 3 THEN ARRAY['s' || matching_consonants(word)] ELSE '{}' END
$$;

-- Made anew in street_words.sql.
CREATE FUNCTION matching_address_keys(word text) RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT ARRAY['a' || word]
    || CASE WHEN length(word) >= 4 THEN coalesce((SELECT array_agg('q' || sound) FROM unnest(matching_sounds(word)) AS sound), '{}') ELSE '{}' END
$$;

CREATE FUNCTION matching_date_keys(day date) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT ARRAY['b' || digits, 'm' || left(digits, 6), 'c' || substr(digits, 5), 'y' || left(digits, 4)]
    || (SELECT array_agg('x' || overlay(digits placing '_' FROM place FOR 1)) FROM generate_series(1, 8) AS place)
  FROM (SELECT extract(year FROM day)::int) AS it (year),
    LATERAL (SELECT lpad(year::text, 4, '0') || lpad(extract(month FROM day)::int::text, 2, '0') || lpad(extract(day FROM day)::int::text, 2, '0')) AS written (digits)
$$;

CREATE FUNCTION matching_postcode_keys(written text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN plain = '' THEN '{}'::text[]
    WHEN length(plain) BETWEEN 5 AND 7 AND plain ~ '^[a-z]' THEN ARRAY['z' || plain, 'z' || left(plain, length(plain) - 3)]
    ELSE ARRAY['z' || plain] END
  FROM regexp_replace(lower(coalesce(written, '')), '[^a-z0-9]', '', 'g') AS plain
$$;

-- The words of a question, in order: each with the keys that certainly mean it and those that may. A word joined to the
-- next is one more way to mean either (Mary Ann: maryann; and a blank typed by mistake).
CREATE FUNCTION matching_asked(written text) RETURNS TABLE (word text, formal text[], sure text[], guesses text[]) LANGUAGE sql STABLE AS $$
  WITH one AS (SELECT word, place, lag(word) OVER (ORDER BY place) || word AS with_last, word || lead(word) OVER (ORDER BY place) AS with_next
               FROM unnest(matching_words(written)) WITH ORDINALITY AS it (word, place))
  SELECT word, coalesce((SELECT array_agg(nickname.formal) FROM matching_nickname AS nickname WHERE pet = word), '{}'),
    matching_name_keys(word) || ('a' || word),
    matching_name_guesses(word) || matching_address_keys(word)
      || array_remove(ARRAY['w' || with_last, 'w' || with_next, 'a' || with_last, 'a' || with_next, 'e' || with_last, 'e' || with_next], NULL)
  FROM one ORDER BY place
$$;
