"""How people are found: keys, documents and the triggers that keep them, and the words they lean on."""

import csv
from pathlib import Path

import django.contrib.postgres.search
import django.db.models.deletion
from django.contrib.postgres.operations import CreateExtension
from django.db import migrations, models

ROOM = Path(__file__).resolve().parent.parent


def fill_words(apps, schema_editor):
    """Letters of other alphabets and pet names, from the files beside this room's code."""
    with (ROOM / "letters.csv").open(encoding="utf-8", newline="") as file:
        letters = [(row["letter"], row["latin"]) for row in csv.DictReader(file)]
    with (ROOM / "nicknames.csv").open(encoding="utf-8", newline="") as file:
        pets = sorted({(pet, row["formal"]) for row in csv.DictReader(file) for pet in row["pets"].split()})
    with schema_editor.connection.cursor() as cursor:
        cursor.executemany("INSERT INTO matching_letter VALUES (%s, %s)", letters)
        cursor.executemany("INSERT INTO matching_nickname VALUES (%s, %s)", pets)


def sql(name):
    return migrations.RunSQL((ROOM / "sql" / name).read_text(encoding="utf-8"), migrations.RunSQL.noop)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
    ]

    operations = [
        CreateExtension("fuzzystrmatch"),
        sql("keys.sql"),
        migrations.RunPython(fill_words, migrations.RunPython.noop),
        sql("documents.sql"),
        migrations.CreateModel(
            name='SearchDocument',
            fields=[
                ('person', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='search_document', serialize=False, to='people.person')),
                ('keys', django.contrib.postgres.search.SearchVectorField()),
                ('facts', models.JSONField()),
            ],
            options={
                'db_table': 'matching_searchdocument',
                'managed': False,
            },
        ),
    ]
