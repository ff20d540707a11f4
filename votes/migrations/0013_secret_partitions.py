import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

# Partitions have no foreign keys: attaching one would lock what they refer to.
TABLES = """
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE votes_sealedballot RENAME TO votes_sealedballot_former;
ALTER TABLE votes_sealedballot_former RENAME CONSTRAINT votes_sealedballot_pkey TO votes_former_pkey;
CREATE TABLE votes_sealedballot (
    poll_id bigint NOT NULL,
    code uuid NOT NULL,
    choices jsonb NOT NULL,
    CONSTRAINT votes_sealedballot_pkey PRIMARY KEY (poll_id, code)
) PARTITION BY LIST (poll_id);
CREATE TABLE votes_secretvoterrecord (
    poll_id bigint NOT NULL,
    number integer NOT NULL,
    user_id bigint,
    organisation_id bigint,
    invitation_id bigint,
    used boolean NOT NULL,
    on_paper boolean NOT NULL,
    district_id bigint,
    age_over smallint,
    CONSTRAINT votes_secretvoterrecord_pkey PRIMARY KEY (poll_id, number),
    CONSTRAINT votes_secretvoterrecord_number_check CHECK (number >= 0),
    CONSTRAINT votes_secretvoterrecord_age_over_check CHECK (age_over >= 0),
    CONSTRAINT secret_record_on_paper_is_used CHECK (used OR NOT on_paper),
    CONSTRAINT secret_record_is_of_one_voter
        CHECK (num_nonnulls(user_id, organisation_id, invitation_id) = 1)
) PARTITION BY LIST (poll_id);
CREATE UNIQUE INDEX one_secret_record_per_person
    ON votes_secretvoterrecord (poll_id, user_id) WHERE user_id IS NOT NULL;
CREATE UNIQUE INDEX one_secret_record_per_organisation
    ON votes_secretvoterrecord (poll_id, organisation_id) WHERE organisation_id IS NOT NULL;
CREATE UNIQUE INDEX one_secret_record_per_invitation
    ON votes_secretvoterrecord (poll_id, invitation_id) WHERE invitation_id IS NOT NULL;
"""

# As votes/partitions.py makes them: of each poll a partition that is partitioned itself and has one
# leaf, which re-sealing replaces.
MOVE = """
DO $$
DECLARE
    poll bigint;
    whole text;
    part text;
BEGIN
    FOR poll IN
        SELECT id FROM votes_poll
        WHERE secrecy = 'secret' AND (scheduled_at IS NOT NULL OR frozen_at IS NOT NULL)
    LOOP
        FOREACH whole IN ARRAY ARRAY['votes_secretvoterrecord', 'votes_sealedballot'] LOOP
            part := whole || '_p' || poll;
            EXECUTE format(
                'CREATE TABLE %I (LIKE %I INCLUDING ALL) PARTITION BY LIST (poll_id)', part, whole);
            EXECUTE format(
                'CREATE TABLE %I (LIKE %I INCLUDING ALL, CHECK (poll_id = %s))'
                ' WITH (autovacuum_enabled = false)', part || '_1', whole, poll);
            EXECUTE format(
                'ALTER TABLE %I ATTACH PARTITION %I FOR VALUES IN (%s)', part, part || '_1', poll);
            EXECUTE format(
                'ALTER TABLE %I ATTACH PARTITION %I FOR VALUES IN (%s)', whole, part, poll);
        END LOOP;
        INSERT INTO votes_secretvoterrecord
            (poll_id, number, user_id, organisation_id, invitation_id, used, on_paper,
             district_id, age_over)
        SELECT poll_id, row_number() OVER (ORDER BY user_id, organisation_id, invitation_id),
            user_id, organisation_id, invitation_id, used, on_paper, district_id, age_over
        FROM votes_mark WHERE poll_id = poll ORDER BY 2;
        INSERT INTO votes_sealedballot (poll_id, code, choices)
        SELECT poll_id, code, choices FROM votes_sealedballot_former
        WHERE poll_id = poll ORDER BY code;
    END LOOP;
    DELETE FROM votes_mark USING votes_poll
        WHERE votes_poll.id = votes_mark.poll_id AND votes_poll.secrecy = 'secret';
END $$;
DROP TABLE votes_sealedballot_former;
"""


def key(to, **more):
    return models.ForeignKey(
        to,
        django.db.models.deletion.PROTECT,
        db_constraint=False,
        db_index=False,
        **{"related_name": "+", **more},
    )


class Migration(migrations.Migration):
    dependencies = [
        ("votes", "0012_list_in_order"),
        ("city", "0002_martial_law"),
        ("organisations", "0002_letters"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Rows are moved for as long as it takes: the settings' limit is for pages.
        migrations.RunSQL("SET LOCAL statement_timeout = 0", migrations.RunSQL.noop),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(TABLES)],
            state_operations=[
                migrations.DeleteModel("SealedBallot"),
                migrations.CreateModel(
                    name="SealedBallot",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "poll_id",
                                "code",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("code", models.UUIDField()),
                        ("choices", models.JSONField()),
                        ("poll", key("votes.poll")),
                    ],
                ),
                migrations.CreateModel(
                    name="SecretVoterRecord",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "poll_id",
                                "number",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("used", models.BooleanField(default=False)),
                        ("on_paper", models.BooleanField(default=False)),
                        ("age_over", models.PositiveSmallIntegerField(null=True)),
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
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=["poll", "user"],
                                condition=Q(("user__isnull", False)),
                                name="one_secret_record_per_person",
                            ),
                            models.UniqueConstraint(
                                fields=["poll", "organisation"],
                                condition=Q(("organisation__isnull", False)),
                                name="one_secret_record_per_organisation",
                            ),
                            models.UniqueConstraint(
                                fields=["poll", "invitation"],
                                condition=Q(("invitation__isnull", False)),
                                name="one_secret_record_per_invitation",
                            ),
                            models.CheckConstraint(
                                name="secret_record_on_paper_is_used",
                                condition=Q(("on_paper", False)) | Q(("used", True)),
                            ),
                            models.CheckConstraint(
                                name="secret_record_is_of_one_voter",
                                condition=Q(
                                    user__isnull=False, organisation=None, invitation=None
                                )
                                | Q(user=None, organisation__isnull=False, invitation=None)
                                | Q(user=None, organisation=None, invitation__isnull=False),
                            ),
                        ],
                    },
                ),
            ],
        ),
        migrations.RunSQL(MOVE),
    ]
