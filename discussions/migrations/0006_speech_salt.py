import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0006_audit_chain"),
        ("discussions", "0005_author_without_account"),
    ]

    operations = [
        migrations.CreateModel(
            name="SpeechSalt",
            fields=[
                (
                    "comment",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="speech_salt",
                        serialize=False,
                        to="discussions.comment",
                    ),
                ),
                ("salt", models.BinaryField(editable=False)),
            ],
        ),
    ]
