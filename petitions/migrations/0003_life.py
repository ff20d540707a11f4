from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("petitions", "0002_presets")]

    operations = [
        migrations.RemoveConstraint("petition", "petition_submitted_whole"),
        migrations.RemoveConstraint("petition", "petition_refused_or_published"),
        migrations.RemoveConstraint("petition", "petition_published_with_dates"),
        migrations.RemoveConstraint("petition", "petition_reached_while_collecting"),
        migrations.RemoveConstraint("petition", "petition_review_after_reaching"),
        migrations.RemoveConstraint("petition", "petition_decided_after_review"),
        migrations.RemoveConstraint("petition", "petition_withdrawn_before_reaching"),
        migrations.AddConstraint(
            "ground",
            models.CheckConstraint(
                name="ground_in_force_is_quoted",
                condition=Q(in_force=False) | (~Q(article="") & ~Q(quote="")),
            ),
        ),
        migrations.AddConstraint(
            "petition",
            models.CheckConstraint(
                name="petition_submitted_whole",
                condition=Q(submitted_at=None)
                | (~Q(title="") & ~Q(text="") & Q(publish_due_on__isnull=False)),
            ),
        ),
        migrations.AddConstraint(
            "petition",
            models.CheckConstraint(
                name="petition_checked_with_its_author",
                condition=Q(submitted_at=None)
                | ~Q(author_name="")
                | Q(published_at__isnull=False)
                | Q(refused_at__isnull=False)
                | Q(withdrawn_at__isnull=False),
            ),
        ),
        migrations.AddConstraint(
            "petition",
            models.CheckConstraint(
                name="petition_refused_or_published",
                condition=Q(refused_at=None) | Q(published_at=None, submitted_at__isnull=False),
            ),
        ),
        migrations.AddConstraint(
            "petition",
            models.CheckConstraint(
                name="petition_published_with_dates",
                condition=Q(published_at=None, closes_at=None)
                | Q(
                    submitted_at__isnull=False,
                    closes_at__isnull=False,
                    closes_at__gt=F("published_at"),
                ),
            ),
        ),
        migrations.AddConstraint(
            "petition",
            models.CheckConstraint(
                name="petition_reached_while_collecting",
                condition=Q(reached_at=None)
                | Q(
                    published_at__isnull=False,
                    reached_at__gte=F("published_at"),
                    notice_due_on__isnull=False,
                ),
            ),
        ),
        migrations.AddConstraint(
            "petition",
            models.CheckConstraint(
                name="petition_review_after_reaching",
                condition=Q(review_at=None)
                | Q(
                    reached_at__isnull=False,
                    review_at__gte=F("reached_at"),
                    review_due_on__isnull=False,
                ),
            ),
        ),
        migrations.AddConstraint(
            "petition",
            models.CheckConstraint(
                name="petition_decided_after_review",
                condition=Q(decided_at=None, decision="")
                | (Q(review_at__isnull=False, decided_at__gte=F("review_at")) & ~Q(decision="")),
            ),
        ),
        migrations.AddConstraint(
            "petition",
            models.CheckConstraint(
                name="petition_withdrawn_before_reaching",
                condition=Q(withdrawn_at=None, withdrawn_reason="")
                | (
                    Q(
                        withdrawn_at__isnull=False,
                        submitted_at__isnull=False,
                        reached_at=None,
                        refused_at=None,
                        answered_at=None,
                    )
                    & ~Q(withdrawn_reason="")
                ),
            ),
        ),
        migrations.AddConstraint(
            "petition",
            models.CheckConstraint(
                name="petition_handed_over_after_closing",
                condition=Q(handed_over_at=None)
                | Q(closes_at__isnull=False, handed_over_at__gte=F("closes_at")),
            ),
        ),
        migrations.AddConstraint(
            "petition",
            models.CheckConstraint(
                name="petition_answered_when_decided_or_closed",
                condition=Q(answered_at=None)
                | Q(decided_at__isnull=False, answered_at__gte=F("decided_at"))
                | Q(
                    reached_at=None,
                    closes_at__isnull=False,
                    answered_at__gte=F("closes_at"),
                ),
            ),
        ),
    ]
