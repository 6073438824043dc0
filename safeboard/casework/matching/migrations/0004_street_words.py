"""No key for the sound of words like Road: see the file."""

from pathlib import Path

from django.db import migrations

ROOM = Path(__file__).resolve().parent.parent


class Migration(migrations.Migration):

    dependencies = [
        ("matching", "0003_agencies_lists"),
    ]

    operations = [
        migrations.RunSQL((ROOM / "sql" / "street_words.sql").read_text(encoding="utf-8"), migrations.RunSQL.noop),
    ]
