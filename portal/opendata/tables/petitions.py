"""Petitions, and their signatures without anybody's name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Count, Max, QuerySet
from django.utils.translation import gettext_lazy as _

from core.domain.calendar import KYIV
from petitions import opendata
from petitions.models import Petition, Signature, Total
from portal.opendata.datasets import Dataset, More, Row, columns_of

# --- Petitions ------------------------------------------------------------------------------------


def _petitions() -> Iterator[Row]:
    return ([*row.values()] for row in opendata.rows())


def _published_petitions() -> QuerySet[Petition]:
    return Petition.objects.published()


def _recount_key() -> str:
    """Key of the recounts: signing raises no topic."""
    found = Total.objects.aggregate(at=Max("at"), all=Count("pk"))
    at = found["at"]
    return f"-{found['all']}-{at.timestamp() if at else 0:.6f}"


_MORE = (More("petitions:how_to_check", _("Ledgers of signatures, and how to check them")),)

PETITIONS = Dataset(
    slug="petitions",
    version=1,
    title=_("Electronic petitions"),
    words=_(
        "Every published petition: what it asks for, how many signatures it has, and where it "
        "stands. Nobody is named."
    ),
    keywords=(_("electronic petitions"), _("signatures"), _("participation")),
    columns=columns_of(
        {
            "id": ("whole!", _("Number of the petition")),
            "url": ("link!", _("Its page")),
            "title": ("text!", _("Title")),
            "text": ("text!", _("What exactly it asks for")),
            "reasons": ("text!", _("Why it is needed")),
            "state": ("text!", _("State")),
            "themes": ("text!", _("Themes, by their slugs")),
            "district": ("text", _("District, by its slug")),
            "department": ("text", _("Responsible department, by its slug")),
            "threshold": ("whole!", _("How many signatures it needs")),
            "signatures": ("whole!", _("Counted signatures")),
            "signatures_waiting": ("whole!", _("Signatures that wait for a check")),
            "signatures_removed": ("whole!", _("Signatures that were removed")),
            "signatures_taken_back": ("whole!", _("Signatures that were taken back")),
            "counted_at": ("moment!", _("When they were counted last")),
            "submitted_at": ("moment!", _("When it was submitted")),
            "publish_due_on": ("day!", _("By when it had to be published")),
            "published_at": ("moment!", _("When it was published")),
            "last_day": ("day!", _("Last day for signatures")),
            "withdrawn_at": ("moment", _("When its author withdrew it")),
            "reached_at": ("moment", _("When it had enough signatures")),
            "notice_due_on": ("day", _("By when the start of the review had to be announced")),
            "review_at": ("moment", _("When the review began")),
            "review_due_on": ("day", _("By when the review had to end")),
            "session_on": ("day", _("Day of the session on whose agenda it is")),
            "decided_at": ("moment", _("When it was decided")),
            "decision": ("text", _("The decision on it")),
            "answer_due_on": ("day", _("By when the answer is due")),
            "answered_at": ("moment", _("When it was answered")),
            "answer": ("text", _("The council’s answer")),
        },
        themes=_("Separated by spaces."),
        decision=_("supported or not_supported."),
    ),
    rows=_petitions,
    topics=("petitions", "petition:"),
    span=_published_petitions,
    first="published_at",
    last=("published_at", "reached_at", "review_at", "decided_at", "answered_at", "total__at"),
    more=_MORE,
    stamp=_recount_key,
)


# --- Signatures -----------------------------------------------------------------------------------

#: Signatures that are in memory at a time.
AT_ONCE = 5000

# What is left of the petition at which the last chunk ended, then the petitions after it: each part
# is read in the order of the index signature_by_time, and no further than the chunk goes.
_OF_PART = f"""(
    SELECT petition_id, at, id FROM {Signature._meta.db_table}
    WHERE status = {Signature.Status.COUNTED:d} AND {{where}}
    ORDER BY petition_id, at, id LIMIT %(most)s
)"""  # noqa: S608 - names of tables
_CHUNK = " UNION ALL ".join((
    _OF_PART.format(
        where="petition_id = %(petition)s AND at >= %(at)s AND (at, id) > (%(at)s, %(id)s)"
    ),
    _OF_PART.format(where="petition_id > %(petition)s"),
)) + " ORDER BY petition_id, at, id LIMIT %(most)s"  # fmt: skip


def _signatures() -> Iterator[Row]:
    """Each counted signature: its petition and the hour in Kyiv. Who is not published has none."""
    after: tuple[int, datetime, int] = (0, datetime.min.replace(tzinfo=KYIV), 0)
    while True:
        values: dict[str, Any] = dict(zip(("petition", "at", "id"), after, strict=True))
        with connection.cursor() as cursor:
            cursor.execute(_CHUNK, values | {"most": AT_ONCE})
            found = cursor.fetchall()
        for petition, at, _pk in found:
            yield petition, _hour(at)
        if len(found) < AT_ONCE:
            return
        after = found[-1]


def _hour(at: datetime) -> str:
    return at.astimezone(KYIV).replace(minute=0, second=0, microsecond=0).isoformat()


def _totals() -> QuerySet[Total]:
    return Total.objects.filter(petition__in=Petition.objects.published())


SIGNATURES = Dataset(
    slug="signatures",
    version=1,
    title=_("Signatures under petitions"),
    words=_(
        "One row for each counted signature: under which petition, and in which hour. Who signed "
        "is not told here. A signature that is taken back or removed has no row any more."
    ),
    keywords=(_("electronic petitions"), _("signatures"), _("participation")),
    columns=columns_of(
        {
            "petition_id": ("whole!", _("Number of the petition")),
            "signed_hour": ("moment!", _("Beginning of the hour in which it was signed, in Kyiv")),
        }
    ),
    rows=_signatures,
    topics=("petitions",),
    span=_totals,
    first="petition__published_at",
    last=("at",),
    more=_MORE,
    stamp=_recount_key,
)
