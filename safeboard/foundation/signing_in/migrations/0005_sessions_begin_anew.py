"""Sessions begun before the house listed where somebody is signed in stand in no list: everybody signs in once more."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("sessions", "0001_initial"),
        ("signing_in", "0004_one_task_withdrawn"),
        ("usersessions", "0001_initial"),
    ]

    operations = [migrations.RunSQL("DELETE FROM django_session", migrations.RunSQL.noop)]
