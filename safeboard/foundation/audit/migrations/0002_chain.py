"""The functions and triggers that write the trail and refuse every change of it."""

from pathlib import Path

from django.db import migrations

CHAIN = Path(__file__).resolve().parent.parent / "chain.sql"


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunSQL(CHAIN.read_text(encoding="utf-8"), migrations.RunSQL.noop)]
