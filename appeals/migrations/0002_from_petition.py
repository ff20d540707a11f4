import django.db.models.lookups
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("appeals", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="appeal", name="appeal_closed_by_its_ending"),
        migrations.RemoveConstraint(model_name="appeal", name="appeal_ended_once"),
        migrations.AddField(
            model_name="appeal",
            name="given_back_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="appeal",
            name="origin",
            field=models.CharField(blank=True, default="", editable=False, max_length=200),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="appeal",
            name="origin_path",
            field=models.CharField(blank=True, default="", editable=False, max_length=200),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="entry",
            name="kind",
            field=models.CharField(
                choices=[
                    ("petition", "As a petition"),
                    ("filed", "Registered"),
                    ("accepted", "Accepted for consideration"),
                    ("assigned", "Given to its executors"),
                    ("forwarded", "Forwarded to the competent body"),
                    ("returned", "Returned"),
                    ("refused", "Left without consideration"),
                    ("moved", "Goes on as an administrative case"),
                    ("extended", "The term was extended"),
                    ("recounted", "The term was counted anew"),
                    ("note", "Note"),
                    ("drafted", "An answer was drafted"),
                    ("approved", "The answer was approved"),
                    ("answered", "The answer was sent"),
                    ("rated", "The applicant rated the answer"),
                    ("reopened", "Reopened by the applicant"),
                    ("withdrawn", "Withdrawn by the applicant"),
                    ("secret", "A new code of access was given"),
                    ("given_back", "Considered as a petition again"),
                    ("taken_again", "Considered as an appeal again"),
                ],
                max_length=15,
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("via", "petition"), models.Q(("origin", ""), _negated=True)),
                    models.Q(
                        models.Q(("via", "petition"), _negated=True),
                        ("given_back_at", None),
                        ("origin", ""),
                        ("origin_path", ""),
                    ),
                    ("emptied_at__isnull", False),
                    _connector="OR",
                ),
                name="appeal_petition_says_which",
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.LessThanOrEqual(
                    models.Func(
                        models.F("returned_at"),
                        models.F("forwarded_at"),
                        models.F("refused_at"),
                        models.F("moved_at"),
                        models.F("withdrawn_at"),
                        models.F("given_back_at"),
                        function="num_nonnulls",
                        output_field=models.IntegerField(),
                    ),
                    1,
                ),
                name="appeal_ended_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_at__isnull", False),
                        models.Q(
                            models.Q(
                                ("forwarded_at", None),
                                ("given_back_at", None),
                                ("moved_at", None),
                                ("refused_at", None),
                                ("returned_at", None),
                                ("withdrawn_at", None),
                                _negated=True,
                            ),
                            models.Q(
                                ("answered_at", models.F("closed_at")),
                                ("answered_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                    ),
                    models.Q(
                        ("closed_at", None),
                        ("forwarded_at", None),
                        ("given_back_at", None),
                        ("moved_at", None),
                        ("refused_at", None),
                        ("returned_at", None),
                        ("withdrawn_at", None),
                        models.Q(
                            ("answered_at", None),
                            models.Q(
                                ("reopened_at__gte", models.F("answered_at")),
                                ("reopened_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="appeal_closed_by_its_ending",
            ),
        ),
    ]
