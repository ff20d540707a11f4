import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("petitions", "0005_signing"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Guard",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "raised_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("lowered_at", models.DateTimeField(null=True)),
                (
                    "lowered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="guards",
                        to="petitions.petition",
                    ),
                ),
                (
                    "raised_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            "guard",
            models.UniqueConstraint(
                condition=Q(lowered_at=None), fields=("petition",), name="one_guard_at_a_time"
            ),
        ),
        migrations.AlterField(
            "removal",
            "rule",
            models.CharField(
                choices=[
                    ("limit", "beyond a limit, and found to be made by a machine"),
                    ("network", "many from one network in a short time"),
                    ("domain", "addresses of a domain of disposable mailboxes"),
                    ("pattern", "names or addresses made by a machine"),
                    ("hour", "a burst within an hour"),
                    ("single", "a single signature, by a person’s decision"),
                ],
                max_length=10,
                verbose_name="rule",
            ),
        ),
        migrations.RemoveConstraint("removal", "removal_with_reason"),
        migrations.AddConstraint(
            "removal",
            models.CheckConstraint(
                condition=~Q(reason="") & Q(number__gte=1), name="removal_with_reason"
            ),
        ),
        migrations.AddConstraint(
            "objection",
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, upheld=None, answer="")
                | (
                    Q(decided_at__isnull=False, decided_by__isnull=False, upheld__isnull=False)
                    & ~Q(answer="")
                ),
                name="objection_decided_with_an_answer",
            ),
        ),
        migrations.AddIndex(
            "objection",
            models.Index(
                condition=Q(decided_at=None), fields=["at", "id"], name="objection_waiting"
            ),
        ),
        migrations.AddIndex(
            "petition",
            models.Index(
                condition=Q(guarded_since__isnull=False), fields=["id"], name="petition_guarded"
            ),
        ),
        migrations.AddConstraint(
            "signature",
            models.CheckConstraint(
                condition=Q(status=1, suspicion="")
                | (Q(status=2) & ~Q(suspicion=""))
                | Q(status__gte=3),
                name="signature_waits_for_a_reason",
            ),
        ),
    ]
