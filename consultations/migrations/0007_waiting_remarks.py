import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0006_newest_remarks"),
        ("drafts", "0004_revisions"),
        ("organisations", "0003_emails_as_delivered"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="WaitingRemark",
            fields=[
                ("clause_key", models.UUIDField(editable=False, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("remark", "remark"),
                            ("wording", "proposed wording"),
                            ("question", "question"),
                        ],
                        default="remark",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("quote_start", models.PositiveIntegerField(blank=True, null=True)),
                ("quote_end", models.PositiveIntegerField(blank=True, null=True)),
                ("quote", models.CharField(blank=True, max_length=2000)),
                ("quote_prefix", models.CharField(blank=True, max_length=64)),
                ("quote_suffix", models.CharField(blank=True, max_length=64)),
                ("id", models.BigIntegerField(editable=False, primary_key=True, serialize=False)),
                ("sent_at", models.DateTimeField(editable=False)),
                ("text", models.TextField(max_length=5000, verbose_name="text")),
                (
                    "proposal",
                    models.TextField(
                        blank=True, default="", max_length=5000, verbose_name="proposed wording"
                    ),
                ),
                (
                    "interest",
                    models.CharField(
                        blank=True, default="", max_length=300, verbose_name="declared interest"
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waiting_remarks",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "clause",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="drafts.clause",
                    ),
                ),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waiting_remarks",
                        to="consultations.consultation",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waiting_remarks",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("quote", ""),
                                ("quote_end__isnull", True),
                                ("quote_start__isnull", True),
                            ),
                            models.Q(
                                ("clause__isnull", False),
                                ("quote_end__gt", models.F("quote_start")),
                                models.Q(("quote", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="waitingremark_quote_in_a_clause",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("clause__isnull", True), ("clause_key__isnull", True)),
                            models.Q(("clause__isnull", False), ("clause_key__isnull", False)),
                            _connector="OR",
                        ),
                        name="waitingremark_key_with_clause",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "wording"), _negated=True),
                            ("clause__isnull", False),
                            _connector="OR",
                        ),
                        name="waitingremark_wording_of_a_clause",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text", ""), _negated=True),
                            models.Q(("proposal", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="waitingremark_says_something",
                    ),
                ],
            },
        ),
    ]
