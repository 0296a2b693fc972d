"""Names join what full text finds, so that they are found with and without their accents."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from homeport.directory.full_text import stems


def add_names(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    for profile in apps.get_model("directory", "Profile").objects.select_related("therapist__person"):
        profile.words = " ".join([*stems(profile.therapist.person.name), profile.words]).strip()
        profile.save(update_fields=["words"])


class Migration(migrations.Migration):
    dependencies = [("directory", "0008_outcome_records"), ("people", "0005_who_holds_a_role")]

    operations = [migrations.RunPython(add_names, migrations.RunPython.noop)]
