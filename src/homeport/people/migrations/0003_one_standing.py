from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_cover_and_places"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="guardianship",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until_at", None)),
                fields=("child", "guardian"),
                name="one_standing_towards_a_child",
            ),
        ),
    ]
