from django.db import migrations, models
from django.db.models import F, Q

KINDS = [
    ("once", "each votes once, and gets a receipt"),
    ("changeable", "a vote may be changed until the close; there is no receipt"),
]
KEEPINGS = [
    ("people", "two people, each of whom can open alone"),
    ("server", "this server (weaker)"),
]


class Migration(migrations.Migration):
    """What a poll knows of its boxes. Polls of the former scheme count as opened when published."""

    dependencies = [("votes", "0020_boxes")]

    operations = [
        migrations.AddField(
            "poll",
            "ballot_kind",
            models.CharField(
                choices=KINDS, default="once", max_length=10, verbose_name="a secret vote"
            ),
        ),
        migrations.AddField(
            "poll",
            "keeping",
            models.CharField(
                choices=KEEPINGS,
                default="people",
                max_length=10,
                verbose_name="who keeps the keys of a secret poll",
            ),
        ),
        migrations.AddField(
            "poll", "suite", models.CharField(blank=True, editable=False, max_length=40, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            "poll", "box_length", models.PositiveIntegerField(editable=False, null=True)
        ),
        migrations.RenameField("poll", "sealed", "told_turnout"),
        migrations.RemoveField("poll", "sealed_at"),
        *(
            migrations.AddField("poll", name, models.DateTimeField(editable=False, null=True))
            for name in ("opening_at", "opened_at", "key_destroyed_at")
        ),
        migrations.AddField(
            "poll", "unopened", models.PositiveIntegerField(default=0, editable=False)
        ),
        migrations.AddField(
            "poll",
            "unopened_reason",
            models.CharField(blank=True, editable=False, max_length=500, default=""),
            preserve_default=False,
        ),
        migrations.RunSQL(
            "UPDATE votes_poll SET opening_at = published_at, opened_at = published_at"
            " WHERE secrecy = 'secret' AND published_at IS NOT NULL;"
            " SET CONSTRAINTS ALL IMMEDIATE",
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            "poll",
            models.CheckConstraint(
                name="organisations_vote_secretly_once",
                condition=~Q(voters="organisations", ballot_kind="changeable"),
            ),
        ),
        migrations.AddConstraint(
            "poll",
            models.CheckConstraint(
                name="poll_opening_before_opened",
                condition=Q(opened_at=None) | Q(opening_at__lte=F("opened_at")),
            ),
        ),
        migrations.AddConstraint(
            "poll",
            models.CheckConstraint(
                name="secret_poll_published_when_opened",
                condition=~Q(secrecy="secret")
                | Q(published_at=None)
                | Q(opened_at__isnull=False, unopened=0)
                | Q(opened_at__isnull=False) & ~Q(unopened_reason=""),
            ),
        ),
    ]
