"""The installed wordings, and the database's own refusal to change one."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import homeport.catalogue.models.installed_wording
import homeport.core.clock

TABLE = "catalogue_installedwording"
# Everything but `replaced_at`: answers point at a wording by its hash, so what they point at stays as it was.
# A later migration that rebuilds this table on SQLite must lay the trigger again.
SQLITE = f"""
CREATE TRIGGER installed_wording_stays BEFORE UPDATE OF
  id, instrument, key_version, language, title, content, hash, kind,
  repository, "commit", path, sha256, licence, kept, dropped, doubts, installed_at
ON {TABLE} BEGIN SELECT RAISE(ABORT, 'an installed wording is never changed'); END;
"""
POSTGRESQL = f"""
CREATE FUNCTION installed_wording_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(OLD) - 'replaced_at' IS DISTINCT FROM to_jsonb(NEW) - 'replaced_at' THEN
    RAISE EXCEPTION 'an installed wording is never changed' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER installed_wording_stays BEFORE UPDATE ON {TABLE}
  FOR EACH ROW EXECUTE FUNCTION installed_wording_stays();
"""


def lay_trigger(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "sqlite":
        editor.execute(SQLITE)
    elif editor.connection.vendor == "postgresql":
        editor.execute(POSTGRESQL)


def lift_trigger(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "sqlite":
        editor.execute("DROP TRIGGER IF EXISTS installed_wording_stays")
    elif editor.connection.vendor == "postgresql":
        editor.execute("DROP FUNCTION IF EXISTS installed_wording_stays() CASCADE")


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="InstalledWording",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=homeport.catalogue.models.installed_wording._wording_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("instrument", models.CharField(max_length=100)),
                ("key_version", models.PositiveIntegerField()),
                ("language", models.CharField(max_length=35)),
                ("title", models.CharField(max_length=300)),
                ("content", models.JSONField()),
                ("hash", models.CharField(max_length=64)),
                ("kind", models.CharField(max_length=30)),
                ("repository", models.CharField(blank=True, max_length=200)),
                ("commit", models.CharField(blank=True, max_length=64)),
                ("path", models.CharField(blank=True, max_length=300)),
                ("sha256", models.CharField(max_length=64)),
                ("licence", models.TextField(blank=True)),
                ("kept", models.JSONField(default=list)),
                ("dropped", models.JSONField(default=list)),
                ("doubts", models.JSONField(default=list)),
                ("installed_at", models.DateTimeField(default=homeport.core.clock.now)),
                ("replaced_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("instrument", "language", "hash"), name="a_wording_is_installed_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at__isnull", True)),
                        fields=("instrument", "language"),
                        name="one_current_wording_a_language",
                    ),
                ],
            },
        ),
        migrations.RunPython(lay_trigger, lift_trigger),
    ]
