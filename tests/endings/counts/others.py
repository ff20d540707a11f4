"""Comments of petitions, items of agendas, versions of drafts, matters of a district."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from city.models import District
from consultations.models import Consultation
from discussions.models import Comment
from drafts.models import Clause, Draft, Version
from drafts.versions import actions as versions
from meetings.card import count_items
from meetings.models import Item
from petitions.models import Petition
from petitions.talk.queries import count_of
from portal.districts import count_open_matters
from tests import factories, people
from tests.endings.counts.kind import Figure, Kind, write
from tests.endings.counts.moments import NOW, PAST
from tests.endings.counts.remarks import HIDDEN
from tests.meetings import factories as meetings
from tests.petitions import factories as petitions
from tests.votes import factories as polls
from votes.models import Poll


def _petition() -> SimpleNamespace:
    at = SimpleNamespace(olena=people.load("olena"), mo=people.load("mo"))
    at.petition = petitions.petition(people.load("bohdan"))
    at.head = _comment(at)
    return at


def _comment(at: Any) -> Comment:
    words = {"text": "слово", "html": "<p>слово</p>", "author": at.olena}
    return Comment.objects.create(thread=at.petition.thread, **words)


COMMENTS = Kind(
    "a comment of a petition",
    _petition,
    _comment,
    {
        "hidden": lambda row, at: write(Comment, row.pk, **HIDDEN, hidden_by=at.mo),
        "deleted": {"deleted_at": NOW},
        "reply": lambda row, at: write(Comment, row.pk, parent=at.head),
    },
    (Figure("petitions/talk/queries.py -", lambda at: count_of(at.petition), "ordinary"),),
)


def _item(at: Any) -> Item:
    number = at.meeting.items.count() + 1
    return Item.objects.create(meeting=at.meeting, order=number, title="Ще питання")


ITEMS = Kind(
    "an item of an agenda",
    lambda: SimpleNamespace(meeting=meetings.meeting()),
    _item,
    {
        "dropped": {"state": "dropped", "closed_at": NOW},
        "done": {"state": "done", "opened_at": PAST, "closed_at": NOW},
    },
    (Figure("meetings/card.py count_items", lambda at: count_items(at.meeting), "ordinary done"),),
)


def _reader() -> SimpleNamespace:
    return SimpleNamespace(olena=people.load("olena"), ofi=people.load("ofi"))


def _published_twice(row: Draft, at: Any) -> None:
    text = factories.DRAFT.replace("до 23:00", "до півночі")
    preview = versions.import_version(row, text.encode(), name="draft.txt", by=at.ofi)
    versions.publish(preview)


def _with_preview(row: Draft, at: Any) -> None:
    text = factories.DRAFT.replace("до 23:00", "до півночі")
    versions.import_version(row, text.encode(), name="draft.txt", by=at.ofi)


def _unpublish(row: Draft, _at: Any) -> None:
    write(Version, row.versions.get().pk, published_at=None)


def _clauses(at: Any) -> int:
    return Clause.objects.visible_to(at.olena).values("version").distinct().count()


DRAFTS = Kind(
    "a draft with a published version",
    _reader,
    lambda at: factories.draft(),
    {
        "unpublished": _unpublish,
        "with-preview": _with_preview,
        "published-twice": _published_twice,
    },
    (
        Figure(
            "drafts/versions/models.py DraftQuerySet.visible_to",
            lambda at: {
                "resident": Draft.objects.visible_to(at.olena),
                "officer": Draft.objects.visible_to(at.ofi),
            },
            {
                "resident": "ordinary with-preview published-twice",
                "officer": "ordinary unpublished with-preview published-twice",
            },
        ),
        Figure(
            "drafts/versions/models.py VersionQuerySet.published",
            lambda at: Version.objects.published(),
            "ordinary with-preview published-twice published-twice",
        ),
        Figure(
            "drafts/versions/models.py VersionQuerySet.previews",
            lambda at: Version.objects.previews(),
            "unpublished with-preview",
        ),
        Figure(
            "drafts/clauses/models.py ClauseQuerySet.visible_to",
            _clauses,
            "ordinary with-preview published-twice published-twice",
        ),
    ),
)


# --- matters of a district ------------------------------------------------------------------------


def _district() -> SimpleNamespace:
    at = SimpleNamespace(ofi=people.load("ofi"), olena=people.load("olena"))
    at.department = people.load_department()
    at.district = District.objects.create(name="Новий", slug="new")
    return at


def _matter(at: Any) -> Consultation:
    return factories.consultation(at.department, text=None, district=at.district)


def _petition_instead(row: Consultation, at: Any, **values: Any) -> None:
    row.delete()
    made = petitions.petition(at.olena, district=at.district)
    if values:
        write(Petition, made.pk, **values)


def _poll_instead(row: Consultation, at: Any, **values: Any) -> None:
    row.delete()
    made = polls.poll(at.ofi, at.department)
    write(Poll, made.pk, district=at.district, **values)


_CANCELLED = {"cancelled_at": NOW, "cancelled_reason": "ні"}
MATTERS = Kind(
    "an open consultation of a district",
    _district,
    _matter,
    {
        "closed": {"closes_at": PAST},
        "withdrawn": {"withdrawn_at": NOW, "withdrawn_reason": "ні"},
        "elsewhere": {"district": None},
        "petition": _petition_instead,
        "petition-withdrawn": lambda row, at: _petition_instead(
            row, at, withdrawn_at=NOW, withdrawn_reason="ні"
        ),
        "petition-closed": lambda row, at: _petition_instead(row, at, closes_at=PAST),
        "poll": _poll_instead,
        "poll-cancelled": lambda row, at: _poll_instead(row, at, **_CANCELLED),
        "quick-poll": lambda row, at: _poll_instead(row, at, is_quick=True),
    },
    (
        Figure(
            "portal/districts.py count_open_matters",
            lambda at: count_open_matters(at.district),
            "ordinary petition poll",
        ),
    ),
)

KINDS = (COMMENTS, ITEMS, DRAFTS, MATTERS)
