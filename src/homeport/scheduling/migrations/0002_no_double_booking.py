"""From here on the database refuses double bookings: see ``homeport.scheduling.no_double_booking``."""

from typing import Any

from django.db import migrations

from homeport.scheduling.no_double_booking import put_in_place


def _put_in_place(_apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.alias == "default":
        put_in_place(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("scheduling", "0001_initial")]
    operations = [migrations.RunPython(_put_in_place, migrations.RunPython.noop, elidable=False)]
