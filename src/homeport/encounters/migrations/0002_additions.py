"""Additions; and the database itself refuses to change what was signed."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

import homeport.core.clinical
import homeport.core.clock
import homeport.core.sealed.fields

SIGNED, ADDED = "encounters_sessionnote", "encounters_noteaddition"
REFUSAL = "what was signed is never changed"
SQLITE = (
    f"CREATE TRIGGER a_signed_note_stays BEFORE UPDATE ON {SIGNED} WHEN OLD.signed_at IS NOT NULL"
    f" BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    f"CREATE TRIGGER an_addition_stays BEFORE UPDATE ON {ADDED} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
)
POSTGRESQL = (
    "CREATE FUNCTION encounters_refuse() RETURNS trigger LANGUAGE plpgsql AS"
    f" $$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    f"CREATE TRIGGER a_signed_note_stays BEFORE UPDATE ON {SIGNED} FOR EACH ROW"
    " WHEN (OLD.signed_at IS NOT NULL) EXECUTE FUNCTION encounters_refuse()",
    f"CREATE TRIGGER an_addition_stays BEFORE UPDATE ON {ADDED} FOR EACH ROW"
    " EXECUTE FUNCTION encounters_refuse()",
)


def forbid(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement)


def allow(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    on = (f" ON {SIGNED}", f" ON {ADDED}") if editor.connection.vendor == "postgresql" else ("", "")
    editor.execute(f"DROP TRIGGER a_signed_note_stays{on[0]}")
    editor.execute(f"DROP TRIGGER an_addition_stays{on[1]}")
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP FUNCTION encounters_refuse()")


class Migration(migrations.Migration):
    dependencies = [("encounters", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="NoteAddition",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=homeport.core.clinical._row_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("case_id", models.UUIDField(blank=True, db_index=True, null=True)),
                ("subject_id", models.UUIDField(blank=True, db_index=True, null=True)),
                ("author_id", models.UUIDField(db_index=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=homeport.core.clock.now)),
                ("changed_at", models.DateTimeField(default=homeport.core.clock.now)),
                ("words", homeport.core.sealed.fields.SealedTextField()),
                (
                    "note",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="additions",
                        to="encounters.sessionnote",
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.RunPython(forbid, allow),
    ]
