import datetime

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

# What somebody was, she was since she has her account: more is not known.
ROLES_TO_GRANTS = """
INSERT INTO accounts_grant (user_id, role, department_id, scope, reason, revoked_reason, emergency,
                            starts_at)
SELECT id, role, CASE WHEN role = 'officer' THEN department_id END, '', '', '', false, date_joined
FROM accounts_user WHERE role <> 'resident';
UPDATE accounts_user SET is_staff = true WHERE role <> 'resident';
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""
# Back to the one role that each person could have: the highest in force. A secretary has none.
GRANTS_TO_ROLES = """
UPDATE accounts_user SET role = held.role, department_id = held.department_id
FROM (
    SELECT DISTINCT ON (user_id) user_id, role,
           CASE WHEN role = 'officer' THEN department_id END AS department_id
    FROM accounts_grant
    WHERE revoked_at IS NULL AND starts_at <= now() AND (ends_at IS NULL OR ends_at > now())
      AND scope = '' AND role <> 'secretary'
    ORDER BY user_id, array_position(ARRAY['administrator', 'officer', 'moderator'], role::text)
) held
WHERE held.user_id = accounts_user.id;
DELETE FROM accounts_grant;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_people"),
        ("core", "0001_initial"),  # for its btree_gist
    ]

    operations = [
        migrations.RemoveConstraint(model_name="grant", name="cover_of_absence_ends"),
        migrations.RemoveField(model_name="grant", name="standing_in_for"),
        migrations.AddField(
            model_name="grant",
            name="emergency",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="grant",
            name="revoked_reason",
            field=models.CharField(blank=True, editable=False, max_length=500),
        ),
        migrations.AddField(
            model_name="user",
            name="is_staff",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.RunSQL(ROLES_TO_GRANTS, GRANTS_TO_ROLES),
        migrations.RemoveConstraint(model_name="user", name="officer_has_department"),
        migrations.RemoveField(model_name="user", name="department"),
        migrations.RemoveField(model_name="user", name="role"),
        migrations.AddIndex(
            model_name="grant",
            index=models.Index(
                condition=models.Q(("revoked_at", None)),
                fields=["department", "id"],
                name="grant_department",
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("role", "administrator"), _negated=True),
                    models.Q(("department", None), ("scope", "")),
                    _connector="OR",
                ),
                name="administrator_of_everything",
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("role", "moderator"), _negated=True),
                    ("department", None),
                    models.Q(("scope", ""), _negated=True),
                    _connector="OR",
                ),
                name="moderator_of_everything_or_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("emergency", False),
                    models.Q(
                        ("ends_at__isnull", False),
                        (
                            "ends_at__lte",
                            django.db.models.expressions.CombinedExpression(
                                models.F("starts_at"),
                                "+",
                                models.Value(datetime.timedelta(days=1)),
                            ),
                        ),
                        ("role", "administrator"),
                    ),
                    _connector="OR",
                ),
                name="emergency_of_hours",
            ),
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="from")),
                ("ends_at", models.DateTimeField(verbose_name="until")),
                (
                    "reason",
                    models.CharField(blank=True, max_length=500, verbose_name="reason"),
                ),
                (
                    "named_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("ended_at", models.DateTimeField(editable=False, null=True)),
                (
                    "absent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="absences",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="absent",
                    ),
                ),
                (
                    "cover",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="covered_absences",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="stands in",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "named_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None)),
                        fields=["cover"],
                        name="absence_cover",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="absence_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("absent", models.F("cover")), _negated=True),
                        name="nobody_covers_herself",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("ended_at", None)),
                        expressions=[
                            ("absent", "="),
                            (
                                models.Func(
                                    "starts_at",
                                    "ends_at",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(),
                                    function="tstzrange",
                                    output_field=(
                                        django.contrib.postgres.fields.ranges.DateTimeRangeField()
                                    ),
                                ),
                                "&&",
                            ),
                        ],
                        name="one_cover_at_a_time",
                    ),
                ],
            },
        ),
    ]
