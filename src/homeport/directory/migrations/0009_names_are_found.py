"""Names join what full text finds, with and without their accents; PostgreSQL keeps the vector of the words.

Kept in an index alone, the vector was made anew for every page wherever a word stands on most of them: the database then
reads all pages and not the index.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from homeport.directory.full_text import stems

TABLE, COLUMN, INDEX = "directory_profile", "words_said", "directory_words"


def add_names(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    for profile in apps.get_model("directory", "Profile").objects.select_related("therapist__person"):
        profile.words = " ".join([*stems(profile.therapist.person.name), profile.words]).strip()
        profile.save(update_fields=["words"])


def keep_vector(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor != "postgresql":
        return
    made = "GENERATED ALWAYS AS (to_tsvector('simple', words)) STORED"
    editor.execute(f"ALTER TABLE {TABLE} ADD COLUMN {COLUMN} tsvector {made}")
    editor.execute(f"DROP INDEX {INDEX}")
    editor.execute(f"CREATE INDEX {INDEX} ON {TABLE} USING gin ({COLUMN})")


def drop_vector(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor != "postgresql":
        return
    editor.execute(f"ALTER TABLE {TABLE} DROP COLUMN {COLUMN}")  # and the index over it
    editor.execute(f"CREATE INDEX {INDEX} ON {TABLE} USING gin (to_tsvector('simple', words))")


class Migration(migrations.Migration):
    dependencies = [("directory", "0008_outcome_records"), ("people", "0005_who_holds_a_role")]

    operations = [
        migrations.RunPython(keep_vector, drop_vector),
        migrations.RunPython(add_names, migrations.RunPython.noop),
    ]
