"""When somebody last signed in, or last used a passkey or an app, is noted by the entry of signing in alone."""

from pathlib import Path

from django.db import migrations

HERE = Path(__file__).parent


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_blocks")]

    operations = [
        migrations.RunSQL(
            (HERE / "0004_sign_in_moments.sql").read_text(encoding="utf-8"), migrations.RunSQL.noop
        )
    ]
