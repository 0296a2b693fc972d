"""Answers given for calibration, in a table that does not remember the order they came in."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState

import homeport.catalogue.models.donated_answers


class CreateWithoutOrder(migrations.CreateModel):
    """On SQLite a table WITHOUT ROWID is laid out by its random key alone: row numbers would tell who came when.

    A later migration that rebuilds this table on SQLite must keep that. PostgreSQL keeps no row numbers that a query by
    content shows; its files do keep an order until the table is rewritten (VACUUM FULL).
    """

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        if schema_editor.connection.vendor != "sqlite":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        sql, parameters = schema_editor.table_sql(to_state.apps.get_model(app_label, self.name))
        schema_editor.execute(f"{sql} WITHOUT ROWID", parameters or None)


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial")]

    operations = [
        CreateWithoutOrder(
            name="DonatedAnswers",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=homeport.catalogue.models.donated_answers._donation_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("instrument", models.CharField(max_length=100)),
                ("key_version", models.PositiveIntegerField()),
                ("wording_hash", models.CharField(max_length=64)),
                ("relationship", models.CharField(max_length=40)),
                ("answers", models.JSONField()),
                ("month", models.CharField(max_length=7)),
            ],
        ),
    ]
