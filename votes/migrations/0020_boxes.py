import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Now

# Of the former scheme nothing can be sealed afterwards: a poll that is under way is ended first.
# The former tables had no foreign keys: what they lead to has to be there.
REFUSE = """
SET CONSTRAINTS ALL IMMEDIATE;
LOCK TABLE votes_poll IN SHARE ROW EXCLUSIVE MODE;
DO $$
DECLARE
    under_way text;
    dangling text;
BEGIN
    SELECT string_agg(format('poll %s, number %s', record.poll_id, record.number), '; ')
    INTO dangling FROM votes_secretvoterrecord AS record
    LEFT JOIN votes_poll AS poll ON poll.id = record.poll_id
    LEFT JOIN accounts_user AS person ON person.id = record.user_id
    LEFT JOIN organisations_organisation AS organisation ON organisation.id = record.organisation_id
    LEFT JOIN votes_invitation AS invitation ON invitation.id = record.invitation_id
    LEFT JOIN city_district AS district ON district.id = record.district_id
    WHERE num_nulls(poll.id, person.id, organisation.id, invitation.id, district.id) > num_nulls(
        record.poll_id, record.user_id, record.organisation_id, record.invitation_id,
        record.district_id);
    IF dangling IS NOT NULL THEN
        RAISE EXCEPTION 'voter records of secret polls lead to rows that are not there: %', dangling
            USING HINT = 'Set what is missing to NULL, or delete what no poll has: docs/upgrade.md.';
    END IF;
    SELECT string_agg(id::text, ', ' ORDER BY id) INTO under_way FROM votes_poll
    WHERE secrecy = 'secret' AND scheduled_at IS NOT NULL
        AND published_at IS NULL AND cancelled_at IS NULL;
    IF under_way IS NOT NULL THEN
        RAISE EXCEPTION 'secret polls of the former scheme are announced and not published: %',
            under_way
            USING HINT = 'Publish their results or cancel them with the former release, then upgrade.';
    END IF;
END $$;
"""

# Ordinary tables in the place of the partitions. What a published poll's ballots say stays, in a
# random order and apart from their codes; those of a cancelled one go.
TABLES = """
CREATE TABLE votes_openedballot (
    poll_id bigint NOT NULL REFERENCES votes_poll DEFERRABLE INITIALLY DEFERRED,
    place integer NOT NULL CHECK (place >= 0),
    choices jsonb NOT NULL,
    CONSTRAINT votes_openedballot_pkey PRIMARY KEY (poll_id, place)
);
CREATE TABLE votes_receiptcode (
    poll_id bigint NOT NULL REFERENCES votes_poll DEFERRABLE INITIALLY DEFERRED,
    place integer NOT NULL CHECK (place >= 0),
    code uuid NOT NULL,
    CONSTRAINT votes_receiptcode_pkey PRIMARY KEY (poll_id, place)
);
INSERT INTO votes_openedballot (poll_id, place, choices)
SELECT ballot.poll_id, row_number() OVER (PARTITION BY ballot.poll_id ORDER BY gen_random_uuid()),
    ballot.choices
FROM votes_sealedballot AS ballot JOIN votes_poll AS poll ON poll.id = ballot.poll_id
WHERE poll.published_at IS NOT NULL ORDER BY 1, 2;
INSERT INTO votes_receiptcode (poll_id, place, code)
SELECT ballot.poll_id, row_number() OVER (PARTITION BY ballot.poll_id ORDER BY ballot.code),
    ballot.code
FROM votes_sealedballot AS ballot JOIN votes_poll AS poll ON poll.id = ballot.poll_id
WHERE poll.published_at IS NOT NULL ORDER BY 1, 2;
CREATE TEMPORARY TABLE former_records ON COMMIT DROP AS SELECT * FROM votes_secretvoterrecord;
DROP TABLE votes_sealedballot, votes_secretvoterrecord;
CREATE TABLE votes_secretvoterrecord (
    poll_id bigint NOT NULL REFERENCES votes_poll DEFERRABLE INITIALLY DEFERRED,
    number integer NOT NULL,
    user_id bigint REFERENCES accounts_user DEFERRABLE INITIALLY DEFERRED,
    organisation_id bigint REFERENCES organisations_organisation DEFERRABLE INITIALLY DEFERRED,
    invitation_id bigint REFERENCES votes_invitation DEFERRABLE INITIALLY DEFERRED,
    used boolean NOT NULL,
    on_paper boolean NOT NULL,
    district_id bigint REFERENCES city_district DEFERRABLE INITIALLY DEFERRED,
    age_over smallint,
    box bytea,
    form uuid,
    CONSTRAINT votes_secretvoterrecord_pkey PRIMARY KEY (poll_id, number),
    CONSTRAINT votes_secretvoterrecord_number_check CHECK (number >= 0),
    CONSTRAINT votes_secretvoterrecord_age_over_check CHECK (age_over >= 0),
    CONSTRAINT secret_record_on_paper_is_used CHECK (used OR NOT on_paper),
    CONSTRAINT secret_record_box_is_of_a_vote CHECK (
        (box IS NULL AND form IS NULL)
        OR (box IS NOT NULL AND form IS NOT NULL AND used AND NOT on_paper)
    ),
    CONSTRAINT secret_record_is_of_one_voter
        CHECK (num_nonnulls(user_id, organisation_id, invitation_id) = 1),
    CONSTRAINT one_secret_record_per_form UNIQUE (poll_id, form)
);
INSERT INTO votes_secretvoterrecord
    (poll_id, number, user_id, organisation_id, invitation_id, used, on_paper, district_id, age_over)
SELECT poll_id, number, user_id, organisation_id, invitation_id, used, on_paper, district_id, age_over
FROM former_records ORDER BY poll_id, number;
CREATE UNIQUE INDEX one_secret_record_per_person
    ON votes_secretvoterrecord (poll_id, user_id) WHERE user_id IS NOT NULL;
CREATE UNIQUE INDEX one_secret_record_per_organisation
    ON votes_secretvoterrecord (poll_id, organisation_id) WHERE organisation_id IS NOT NULL;
CREATE UNIQUE INDEX one_secret_record_per_invitation
    ON votes_secretvoterrecord (poll_id, invitation_id) WHERE invitation_id IS NOT NULL;
CREATE INDEX secret_record_of_a_person ON votes_secretvoterrecord (user_id);
SET CONSTRAINTS ALL IMMEDIATE;
"""

def key(to, **more):
    return models.ForeignKey(
        to, django.db.models.deletion.PROTECT, **{"related_name": "+", "db_index": False, **more}
    )


def composite(*names):
    return models.CompositePrimaryKey(
        *names, blank=True, editable=False, primary_key=True, serialize=False
    )


RECORDS = {
    "fields": [
        ("pk", composite("poll_id", "number")),
        ("number", models.PositiveIntegerField()),
        ("used", models.BooleanField(default=False)),
        ("on_paper", models.BooleanField(default=False)),
        ("age_over", models.PositiveSmallIntegerField(null=True)),
        ("box", models.BinaryField(null=True)),
        ("form", models.UUIDField(null=True)),
        ("district", key("city.district", null=True)),
        ("invitation", key("votes.invitation", null=True)),
        ("organisation", key("organisations.organisation", null=True)),
        ("poll", key("votes.poll")),
        (
            "user",
            key(
                settings.AUTH_USER_MODEL,
                null=True,
                related_name="secret_voter_records",
                db_index=True,
            ),
        ),
    ],
    "options": {
        "constraints": [
            models.UniqueConstraint(
                fields=["poll", "user"],
                condition=models.Q(("user__isnull", False)),
                name="one_secret_record_per_person",
            ),
            models.UniqueConstraint(
                fields=["poll", "organisation"],
                condition=models.Q(("organisation__isnull", False)),
                name="one_secret_record_per_organisation",
            ),
            models.UniqueConstraint(
                fields=["poll", "invitation"],
                condition=models.Q(("invitation__isnull", False)),
                name="one_secret_record_per_invitation",
            ),
            models.CheckConstraint(
                name="secret_record_on_paper_is_used",
                condition=models.Q(("on_paper", False)) | models.Q(("used", True)),
            ),
            models.UniqueConstraint(fields=["poll", "form"], name="one_secret_record_per_form"),
            models.CheckConstraint(
                name="secret_record_box_is_of_a_vote",
                condition=models.Q(box=None, form=None)
                | models.Q(box__isnull=False, form__isnull=False, used=True, on_paper=False),
            ),
            models.CheckConstraint(
                name="secret_record_is_of_one_voter",
                condition=models.Q(user__isnull=False, organisation=None, invitation=None)
                | models.Q(user=None, organisation__isnull=False, invitation=None)
                | models.Q(user=None, organisation=None, invitation__isnull=False),
            ),
        ],
    },
}


class Migration(migrations.Migration):
    """Ballots of secret polls lie in boxes on their voters' records (docs/adr/0118)."""

    dependencies = [
        ("votes", "0019_grounds_of_hiding"),
        ("city", "0002_martial_law"),
        ("organisations", "0002_letters"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL("SET LOCAL statement_timeout = 0", migrations.RunSQL.noop),
        migrations.RunSQL(REFUSE),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(TABLES)],
            state_operations=[
                migrations.DeleteModel("SealedBallot"),
                migrations.DeleteModel("SecretVoterRecord"),
                migrations.CreateModel(name="SecretVoterRecord", **RECORDS),
                migrations.CreateModel(
                    name="OpenedBallot",
                    fields=[
                        ("pk", composite("poll_id", "place")),
                        ("place", models.PositiveIntegerField()),
                        ("choices", models.JSONField()),
                        ("poll", key("votes.poll")),
                    ],
                ),
                migrations.CreateModel(
                    name="ReceiptCode",
                    fields=[
                        ("pk", composite("poll_id", "place")),
                        ("place", models.PositiveIntegerField()),
                        ("code", models.UUIDField()),
                        ("poll", key("votes.poll")),
                    ],
                ),
            ],
        ),
        migrations.CreateModel(
            name="Keeper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.PositiveSmallIntegerField()),
                ("name", models.CharField(blank=True, max_length=100, verbose_name="whose file it is")),
                ("public_key", models.BinaryField(max_length=32)),
                ("made_at", models.DateTimeField(db_default=Now())),
                ("proved_at", models.DateTimeField(null=True)),
                ("made_by", key(settings.AUTH_USER_MODEL, null=True, db_index=True)),
                (
                    "poll",
                    models.ForeignKey(
                        "votes.poll",
                        django.db.models.deletion.CASCADE,
                        db_index=False,
                        related_name="keepers",
                    ),
                ),
            ],
            options={
                "ordering": ["place"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["poll", "place"], name="one_keeper_in_a_place"
                    ),
                    models.UniqueConstraint(
                        fields=["public_key"], name="a_key_of_one_poll_alone"
                    ),
                ],
            },
        ),
    ]
