from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_staff"),
    ]

    operations = [
        migrations.AddField(
            model_name="verification",
            name="organisation_code",
            field=models.CharField(blank=True, max_length=8),
        ),
        migrations.AddField(
            model_name="verification",
            name="reminded_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name="verification",
            index=models.Index(
                condition=models.Q(("ended_at", None), ("reminded_at", None)),
                fields=["expires_at"],
                name="verification_expiring",
            ),
        ),
        migrations.AddConstraint(
            model_name="verification",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("how", "office"), _negated=True),
                    ("by__isnull", False),
                    _connector="OR",
                ),
                name="office_verification_has_its_officer",
            ),
        ),
    ]
