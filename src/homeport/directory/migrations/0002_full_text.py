"""Full text over the profiles: FTS5 kept in step by triggers on SQLite, a GIN index on PostgreSQL.

A later migration that lets SQLite build the table `directory_profile` anew loses its triggers: it calls `raise_index` again.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TABLE, INDEX = "directory_profile", "directory_words"
ADD = "INSERT INTO directory_words(profile_id, words) VALUES (NEW.id, NEW.words);"
DROP = "DELETE FROM directory_words WHERE profile_id = OLD.id;"
TRIGGERS = {
    "a_profile_is_found": f"AFTER INSERT ON {TABLE} BEGIN {ADD} END",
    "a_profile_is_found_anew": f"AFTER UPDATE OF words ON {TABLE} BEGIN {DROP} {ADD} END",
    "a_profile_is_found_no_more": f"AFTER DELETE ON {TABLE} BEGIN {DROP} END",
}


def raise_index(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(f"CREATE INDEX {INDEX} ON {TABLE} USING gin (to_tsvector('simple', words))")
        return
    editor.execute(f"DROP TABLE IF EXISTS {INDEX}")
    editor.execute(
        f"CREATE VIRTUAL TABLE {INDEX} USING fts5(profile_id UNINDEXED, words, tokenize='unicode61', prefix='2 3 4')"
    )
    editor.execute("INSERT INTO directory_words(profile_id, words) SELECT id, words FROM directory_profile")
    for name, body in TRIGGERS.items():
        editor.execute(f"DROP TRIGGER IF EXISTS {name}")
        editor.execute(f"CREATE TRIGGER {name} {body}")


def lower_index(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(f"DROP INDEX {INDEX}")
        return
    for name in TRIGGERS:
        editor.execute(f"DROP TRIGGER {name}")
    editor.execute(f"DROP TABLE {INDEX}")


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_initial")]

    operations = [migrations.RunPython(raise_index, lower_index)]
