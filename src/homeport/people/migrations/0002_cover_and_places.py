from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="guardianship",
            name="jurisdiction",
            field=models.CharField(default="*", max_length=10),
        ),
        migrations.AddField(
            model_name="invitation",
            name="sent_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="licence",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AlterField(
            model_name="roleholding",
            name="role",
            field=models.CharField(
                choices=[
                    ("client", "Client"),
                    ("therapist", "Therapist"),
                    ("supervisor", "Supervisor"),
                    ("intake", "Intake clinician"),
                    ("manager", "Practice manager"),
                    ("desk", "Front desk"),
                    ("biller", "Biller"),
                    ("researcher", "Researcher"),
                    ("operator", "Operator"),
                    ("cover", "Covering colleague"),
                ],
                max_length=12,
            ),
        ),
    ]
