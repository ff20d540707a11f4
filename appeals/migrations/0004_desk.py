"""The desk: corrections, shortened terms, organisations without an account, approval asked for."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("appeals", "0003_precedence"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="entry",
            name="kind",
            field=models.CharField(
                choices=[
                    ("filed", "Registered"),
                    ("accepted", "Accepted for consideration"),
                    ("corrected", "What it was registered as was corrected"),
                    ("assigned", "Given to its executors"),
                    ("forwarded", "Forwarded to the competent body"),
                    ("returned", "Returned"),
                    ("refused", "Left without consideration"),
                    ("moved", "Goes on as an administrative case"),
                    ("extended", "The term was extended"),
                    ("shortened", "The term was shortened"),
                    ("recounted", "The term was counted anew"),
                    ("note", "Note"),
                    ("drafted", "An answer was drafted"),
                    ("asked", "Approval was asked for"),
                    ("approved", "The answer was approved"),
                    ("answered", "The answer was sent"),
                    ("rated", "The applicant rated the answer"),
                    ("reopened", "Reopened by the applicant"),
                    ("withdrawn", "Withdrawn by the applicant"),
                    ("secret", "A new code of access was given"),
                ],
                max_length=15,
            ),
        ),
        migrations.AddField(
            model_name="appeal",
            name="organisation_name",
            field=models.CharField(blank=True, default="", max_length=300, verbose_name="organisation"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="appeal",
            name="organisation_code",
            field=models.CharField(blank=True, default="", max_length=8, verbose_name="ЄДРПОУ"),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.CheckConstraint(
                condition=models.Q(organisation_name="", organisation_code="")
                | models.Q(organisation=None, via__in=["letter", "telephone", "visit"])
                & ~models.Q(organisation_name=""),
                name="appeal_organisation_named_on_paper",
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.CheckConstraint(
                condition=models.Q(organisation_code="")
                | models.Q(organisation_code__regex="^[0-9]{8}$"),
                name="appeal_organisation_code_of_digits",
            ),
        ),
        migrations.AddField(
            model_name="answer",
            name="asked_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="answer",
            name="asked_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(asked_at=None, asked_by=None)
                | models.Q(asked_at__isnull=False, asked_by__isnull=False),
                name="appeal_answer_ready_by_somebody",
            ),
        ),
    ]
