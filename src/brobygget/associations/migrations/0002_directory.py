"""What visitors search in, with an index of words in the way of each database."""

import django.db.models.deletion
from django.db import migrations, models


# SQLite: FTS5 over the same text, kept together by triggers. The words are already folded and have one space between,
# and for the tokenizer "ascii" every letter beyond ASCII is part of a word.
SQLITE = (
    "CREATE VIRTUAL TABLE associations_directory_index USING fts5("
    "text, content='associations_directorywords', content_rowid='entry_id', tokenize='ascii', detail=none)",
    "CREATE TRIGGER associations_directory_added AFTER INSERT ON associations_directorywords BEGIN "
    "INSERT INTO associations_directory_index(rowid, text) VALUES (new.entry_id, new.text); END",
    "CREATE TRIGGER associations_directory_removed AFTER DELETE ON associations_directorywords BEGIN "
    "INSERT INTO associations_directory_index(associations_directory_index, rowid, text) "
    "VALUES ('delete', old.entry_id, old.text); END",
    "CREATE TRIGGER associations_directory_changed AFTER UPDATE ON associations_directorywords BEGIN "
    "INSERT INTO associations_directory_index(associations_directory_index, rowid, text) "
    "VALUES ('delete', old.entry_id, old.text); "
    "INSERT INTO associations_directory_index(rowid, text) VALUES (new.entry_id, new.text); END",
)
# PostgreSQL: an ordinary index over the words as an array; no extension, and nobody else's idea of what a word is.
POSTGRESQL = (
    "CREATE INDEX associations_directory_index ON associations_directorywords "
    "USING gin (string_to_array(text, ' '))",
)


def make_index(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    kind = "TABLE" if schema_editor.connection.vendor == "sqlite" else "INDEX"
    schema_editor.execute(f"DROP {kind} associations_directory_index")


class Migration(migrations.Migration):

    dependencies = [
        ('associations', '0001_initial'),
        ('house', '0002_reception_and_programme'),
    ]

    operations = [
        migrations.CreateModel(
            name='DirectoryEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_words', models.CharField(max_length=400)),
                ('interests', models.CharField(max_length=600)),
                ('size', models.PositiveIntegerField()),
                ('turn', models.PositiveIntegerField()),
                ('card', models.JSONField()),
                ('made_at', models.DateTimeField()),
                ('association', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='entry', to='associations.association')),
                ('house', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='house.house')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Directory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1)),
                ('licence', models.CharField(choices=[('cc0', 'CC0: free to use'), ('cc-by', 'CC BY: free to use, say where it is from')], default='cc0', max_length=10)),
                ('house', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='directory', to='house.house')),
            ],
        ),
        migrations.CreateModel(
            name='DirectoryWords',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='words', serialize=False, to='associations.directoryentry')),
                ('text', models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name='DirectoryWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(max_length=40)),
                ('house', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='directory_words', to='house.house')),
            ],
        ),
        migrations.AddIndex(
            model_name='directoryentry',
            index=models.Index(fields=['house', 'turn'], name='directory_turn'),
        ),
        migrations.AddConstraint(
            model_name='directoryword',
            constraint=models.UniqueConstraint(fields=('house', 'word'), name='each_directory_word_once'),
        ),
        migrations.RunPython(make_index, drop_index),
    ]
