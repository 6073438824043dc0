"""A name or a number that is more sensitive than its person's record is no way to be found."""

from pathlib import Path

from django.db import migrations

ROOM = Path(__file__).parent.parent


class Migration(migrations.Migration):
    dependencies = [("matching", "0004_street_words"), ("people", "0004_held_back")]

    operations = [
        migrations.RunSQL(
            (ROOM / "sql" / "documents_by_level.sql").read_text(encoding="utf-8"), migrations.RunSQL.noop
        )
    ]
