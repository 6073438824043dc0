"""The chain goes from transaction to transaction instead of from entry to entry (ADR 0006)."""

from pathlib import Path

from django.db import migrations, models

HERE = Path(__file__).parent


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_chain")]

    operations = [
        migrations.RunSQL((HERE / "0003_drop_chain.sql").read_text(encoding="utf-8"), migrations.RunSQL.noop),
        migrations.CreateModel(
            name="TrailBlock",
            fields=[
                ("key", models.BigIntegerField(primary_key=True, serialize=False)),
                (
                    "xact",
                    models.CharField(help_text="The database's number of the transaction.", max_length=20),
                ),
                ("number", models.BigIntegerField(null=True, unique=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("entries", models.BigIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("previous", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
            ],
            options={
                "ordering": ["-number"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("number", None)), fields=["xact"], name="trail_block_still_open"
                    )
                ],
            },
        ),
        migrations.RemoveField(model_name="trailentry", name="previous"),
        migrations.AddField(
            model_name="trailentry",
            name="block",
            field=models.BigIntegerField(
                default=0, help_text="The key of the block that its transaction closed."
            ),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="trailentry",
            index=models.Index(fields=["block", "number"], name="trail_of_a_block"),
        ),
        migrations.RunSQL((HERE / "0003_blocks.sql").read_text(encoding="utf-8"), migrations.RunSQL.noop),
    ]
