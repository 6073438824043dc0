"""The table behind the cache: codes already used and tries, counted over all web processes."""

from django.db import migrations

CREATE = """
CREATE TABLE signing_in_cache (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);
CREATE INDEX signing_in_cache_expires ON signing_in_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("signing_in", "0001_initial")]

    operations = [migrations.RunSQL(CREATE, "DROP TABLE signing_in_cache")]
