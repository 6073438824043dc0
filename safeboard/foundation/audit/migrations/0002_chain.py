"""The functions and triggers that write the trail and refuse every change of it."""

from pathlib import Path

from django.db import migrations

CHAIN = Path(__file__).with_suffix(".sql")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunSQL(CHAIN.read_text(encoding="utf-8"), migrations.RunSQL.noop)]
