import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_identity"),
        ("city", "0002_martial_law"),
    ]

    operations = [
        migrations.CreateModel(
            name="CheckList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "made_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("needs_second", models.BooleanField()),
                ("applied_at", models.DateTimeField(null=True)),
                ("declined_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="CheckListRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "document",
                    models.CharField(
                        choices=[
                            ("id_card", "passport or ID card of a citizen of Ukraine"),
                            ("residence_permit", "residence permit"),
                            ("travel", "other document that proves identity"),
                            ("register_extract", "extract from the register of the community"),
                            ("displaced_note", "note of registration as a displaced person"),
                        ],
                        max_length=20,
                        verbose_name="document",
                    ),
                ),
                ("identity", models.BooleanField(verbose_name="identity")),
                ("age_over", models.PositiveSmallIntegerField(null=True, verbose_name="age")),
                (
                    "basis",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("registered", "registered residence"),
                            ("displaced", "registered as an internally displaced person"),
                        ],
                        max_length=10,
                        verbose_name="basis",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LetterRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PaperAccount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=8, unique=True)),
                (
                    "made_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PaperSheet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "digests",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64), editable=False
                    ),
                ),
                ("next_place", models.PositiveSmallIntegerField(default=0, editable=False)),
                (
                    "made_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("expires_at", models.DateTimeField(editable=False)),
                ("void_at", models.DateTimeField(editable=False, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ResidenceLetter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("digest", models.CharField(blank=True, editable=False, max_length=64)),
                ("expires_at", models.DateTimeField(editable=False, null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("used_at", models.DateTimeField(editable=False, null=True)),
                ("void_at", models.DateTimeField(editable=False, null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="residence",
            name="residence_checked_somehow",
        ),
        migrations.AddField(
            model_name="residence",
            name="reminded_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="user",
            name="phone",
            field=models.CharField(blank=True, max_length=16, verbose_name="telephone"),
        ),
        migrations.AlterField(
            model_name="user",
            name="email",
            field=models.EmailField(
                blank=True, max_length=254, null=True, unique=True, verbose_name="e-mail"
            ),
        ),
        migrations.AddIndex(
            model_name="residence",
            index=models.Index(
                condition=models.Q(("ended_at", None), ("reminded_at", None)),
                fields=["expires_at"],
                name="residence_expiring",
            ),
        ),
        migrations.AddIndex(
            model_name="user",
            index=models.Index(
                condition=models.Q(("phone", ""), _negated=True),
                fields=["phone"],
                name="person_by_phone",
            ),
        ),
        migrations.AddConstraint(
            model_name="residence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("checked_at", None),
                        ("expires_at", None),
                        ("how", ""),
                        ("reminded_at", None),
                    ),
                    models.Q(
                        ("checked_at__isnull", False),
                        ("expires_at__isnull", False),
                        models.Q(("how", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="residence_checked_somehow",
            ),
        ),
        migrations.AddConstraint(
            model_name="residence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("how", "office"), _negated=True),
                    ("checked_by__isnull", False),
                    _connector="OR",
                ),
                name="office_check_has_its_officer",
            ),
        ),
        migrations.AddConstraint(
            model_name="residence",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_at", None), ("address", ""), _connector="OR"),
                name="ended_residence_has_no_address",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("email__isnull", False), models.Q(("email", ""), _negated=True)),
                    models.Q(("email", None), models.Q(("phone", ""), _negated=True)),
                    _connector="OR",
                ),
                name="person_can_be_reached",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("phone", ""), ("phone__regex", "^\\+[0-9]{9,15}$"), _connector="OR"
                ),
                name="phone_as_dialled",
            ),
        ),
        migrations.AddField(
            model_name="checklist",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="checklist",
            name="second",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="checklistrow",
            name="check_list",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="rows",
                to="accounts.checklist",
            ),
        ),
        migrations.AddField(
            model_name="checklistrow",
            name="district",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="city.district",
                verbose_name="district",
            ),
        ),
        migrations.AddField(
            model_name="checklistrow",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="letterrun",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="paperaccount",
            name="made_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="paperaccount",
            name="user",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="paper_account",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="papersheet",
            name="account",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="sheets",
                to="accounts.paperaccount",
            ),
        ),
        migrations.AddField(
            model_name="papersheet",
            name="made_by",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="residenceletter",
            name="residence",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="letters",
                to="accounts.residence",
            ),
        ),
        migrations.AddField(
            model_name="residenceletter",
            name="run",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="letters",
                to="accounts.letterrun",
            ),
        ),
        migrations.AddConstraint(
            model_name="checklist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("second", None),
                    models.Q(("second", models.F("by")), _negated=True),
                    _connector="OR",
                ),
                name="second_officer_is_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="checklist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("applied_at", None),
                    ("needs_second", False),
                    ("second__isnull", False),
                    _connector="OR",
                ),
                name="long_list_applied_by_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="checklist",
            constraint=models.CheckConstraint(
                condition=models.Q(("applied_at", None), ("declined_at", None), _connector="OR"),
                name="list_applied_or_declined",
            ),
        ),
        migrations.AddConstraint(
            model_name="checklistrow",
            constraint=models.UniqueConstraint(
                fields=("check_list", "user"), name="one_row_of_a_person_in_a_list"
            ),
        ),
        migrations.AddConstraint(
            model_name="checklistrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("identity", True), ("district__isnull", False), _connector="OR"
                ),
                name="row_confirms_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="checklistrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("basis", ""), ("district", None)),
                    models.Q(("district__isnull", False), models.Q(("basis", ""), _negated=True)),
                    _connector="OR",
                ),
                name="row_of_residence_has_its_basis",
            ),
        ),
        migrations.AddConstraint(
            model_name="checklistrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("age_over", None),
                    models.Q(("age_over__in", [14, 16, 18]), ("identity", True)),
                    _connector="OR",
                ),
                name="row_age_is_one_of_the_law",
            ),
        ),
        migrations.AddConstraint(
            model_name="paperaccount",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__regex", "^[0-9]{8}$")), name="account_number_of_digits"
            ),
        ),
        migrations.AddConstraint(
            model_name="papersheet",
            constraint=models.UniqueConstraint(
                condition=models.Q(("void_at", None)),
                fields=("account",),
                name="one_sheet_of_a_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="papersheet",
            constraint=models.CheckConstraint(
                condition=models.Q(("next_place__lte", models.F("digests__len"))),
                name="sheet_spent_to_its_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="residenceletter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("used_at", None), ("void_at", None)),
                fields=("residence",),
                name="one_letter_on_its_way",
            ),
        ),
        migrations.AddConstraint(
            model_name="residenceletter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("digest", ""), ("expires_at", None), ("run", None)),
                    models.Q(
                        ("digest__regex", "^[0-9a-f]{64}$"),
                        ("expires_at__isnull", False),
                        ("run__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="printed_letter_has_its_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="residenceletter",
            constraint=models.CheckConstraint(
                condition=models.Q(("tries__lte", 10)), name="letter_tried_so_often"
            ),
        ),
        migrations.AddConstraint(
            model_name="residenceletter",
            constraint=models.CheckConstraint(
                condition=models.Q(("used_at", None), ("void_at", None), _connector="OR"),
                name="letter_used_or_void",
            ),
        ),
    ]
