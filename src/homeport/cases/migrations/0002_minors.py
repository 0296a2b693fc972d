import django.db.models.deletion
import homeport.core.clock
import homeport.core.sealed.fields
import homeport.people.models.lasting
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0001_initial"),
        ("people", "0002_cover_and_places"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="opened_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.person",
            ),
        ),
        migrations.CreateModel(
            name="GuardianNarrowing",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=homeport.people.models.lasting._lasting_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("from_at", models.DateTimeField(default=homeport.core.clock.now)),
                ("until_at", models.DateTimeField(blank=True, null=True)),
                (
                    "hides",
                    models.CharField(
                        choices=[
                            ("appointments", "Appointments"),
                            ("everything", "Everything, also what is released"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", homeport.core.sealed.fields.SealedTextField()),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "guardian",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="narrowings",
                        to="cases.participant",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until_at", None)),
                        fields=("participant", "guardian"),
                        name="a_guardian_is_narrowed_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TreatmentConsent",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=homeport.people.models.lasting._lasting_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("from_at", models.DateTimeField(default=homeport.core.clock.now)),
                ("until_at", models.DateTimeField(blank=True, null=True)),
                ("capacity_note", homeport.core.sealed.fields.SealedTextField(blank=True)),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
                        to="cases.participant",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until_at", None)),
                        fields=("participant", "given_by"),
                        name="one_consent_a_person",
                    )
                ],
            },
        ),
    ]
