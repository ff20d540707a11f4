"""Mails about meetings, petitions and consultations, and what makes each of them untrue."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from consultations.models import Consultation, DateChange
from core.domain import clock
from core.domain.calendar import local_date
from discussions.models import Comment
from drafts.models import Version
from meetings.models import Meeting, Registration
from newsroom.models import Accreditation
from petitions.models import News, Petition, Removal
from tests import factories, people
from tests.endings.counts import remarks as of_remarks
from tests.endings.counts.kind import Change, write
from tests.endings.counts.moments import DAY, FUTURE, NOW, PAST
from tests.endings.mails_of_people import ACCOUNTS, ORGANISATIONS
from tests.endings.told import Found, Told
from tests.meetings import factories as meetings
from tests.newsroom import factories as articles
from tests.petitions import factories as petitions

# --- meetings -------------------------------------------------------------------------------------


def _registration(state: str = "announced", **fields: Any) -> Found:
    begins_at = clock.now() + DAY
    meeting = meetings.meeting(state, kind="hearing", begins_at=begins_at)
    user = people.load("olena")
    said = {"meeting": meeting, "user": user, "attendance": "hall", "at": clock.now()}
    row = Registration.objects.create(**{**said, **fields})
    return row, user, {"registration_id": row.pk}


def _of_meeting(state: str = "announced") -> Found:
    row, user, _ids = _registration(state)
    return row.meeting, user, {"meeting_id": row.meeting_id}


def _their_meeting(**values: Any) -> Change:
    return lambda row, _at: write(Meeting, row.meeting_id, **values)


_CANCELLED = {"cancelled_at": NOW, "cancelled_reason": "ні"}
_WITHDRAWN = {"withdrawn_at": NOW}
_AHEAD: dict[str, Change] = {
    "cancelled": _CANCELLED,
    "begun": {"opened_at": NOW},
}


def _come_back(row: Registration, _at: Any) -> None:
    said = {"meeting": row.meeting, "user": row.user, "attendance": "hall"}
    Registration.objects.create(at=clock.now(), **said)


MEETINGS = {
    "meetings/place": Told(
        lambda: _registration(seated_at=clock.now()),
        {
            "withdrawn": _WITHDRAWN,
            "cancelled": _their_meeting(**_CANCELLED),
            "begun": _their_meeting(opened_at=NOW),
        },
    ),
    "meetings/struck_off": Told(
        lambda: _registration(withdrawn_at=clock.now()),
        {"registered anew": _come_back},
    ),
    "meetings/cancelled": Told(lambda: _of_meeting("cancelled")),
    "meetings/moved": Told(_of_meeting, _AHEAD),
    "meetings/tomorrow": Told(
        _of_meeting,
        {
            **_AHEAD,
            "withdrawn": lambda row, _at: Registration.objects.update(withdrawn_at=NOW),
            "moved": {"begins_at": NOW + 3 * DAY, "ends_at": NOW + 4 * DAY},
        },
    ),
}


# --- the press ------------------------------------------------------------------------------------


def _accreditation(**values: Any) -> Found:
    row = Accreditation.objects.create(
        name="Ганна Мороз",
        outlet="Рудні вісті",
        email="press@viche.example",
        asked_at=clock.now() - DAY,
        **values,
    )
    return row, row, {}


def _decided(**values: Any) -> Found:
    decided = {"confirmed_at": clock.now(), "decided_at": clock.now()}
    return _accreditation(decided_by=people.load("admin"), **decided, **values)


def _granted() -> Found:
    return _decided(until=local_date(clock.now()))


def _end(row: Accreditation, _at: Any) -> None:
    by = row.decided_by
    write(Accreditation, row.pk, ended_at=NOW, ended_by=by, ended_reason="так")


def _ended() -> Found:
    row, whom, ids = _granted()
    _end(row, None)
    row.refresh_from_db()
    return row, whom, ids


def _conference(state: str = "announced") -> Found:
    _row, whom, _ids = _granted()
    meeting = meetings.meeting(state, kind="press")
    return meeting, whom, {"meeting_id": meeting.pk}


def _release(state: str = "planned") -> Found:
    _row, whom, _ids = _granted()
    article = articles.article(articles.State(state), kind="release", contact="Пресслужба")
    return article, whom, {"article_id": article.pk}


def _over(row: Accreditation, _at: Any) -> None:
    write(Accreditation, row.pk, until=local_date(clock.now()) - DAY)


PRESS = {
    "press/confirm": Told(_accreditation, {"confirmed": {"confirmed_at": NOW}}),
    "press/granted": Told(_granted, {"ended": _end, "over": _over}),
    "press/refused": Told(lambda: _decided(refused_reason="ні")),
    "press/ended": Told(_ended),
    "press/invitation": Told(_conference, _AHEAD),
    "press/moved": Told(_conference, _AHEAD),
    "press/cancelled": Told(lambda: _conference("cancelled")),
    "press/release": Told(
        _release,
        {
            "a draft again": {"publish_at": None},
            "withdrawn": {
                "withdrawn_at": NOW,
                "withdrawn_reason": "ні",
                "publish_at": PAST,
                "is_told": True,
            },
        },
    ),
    "press/release_recalled": Told(
        lambda: _release("draft"), {"planned anew": {"publish_at": FUTURE}}
    ),
}


# --- petitions ------------------------------------------------------------------------------------


def _petition(state: str) -> Callable[[], Found]:
    def find() -> Found:
        author = people.load("olena")
        row = petitions.petition(author, state)
        return row, author, {"petition_id": row.pk}

    return find


def _news(**values: Any) -> Callable[[], Found]:
    def find() -> Found:
        petition, author, ids = _petition("collecting")()
        row = News.objects.create(petition=petition, by=author, title="Новина", text="Слово")
        if values:
            write(News, row.pk, **values)
        return row, author, {**ids, "news_id": row.pk}

    return find


def _removal(**values: Any) -> Callable[[], Found]:
    def find() -> Found:
        petition, author, ids = _petition("collecting")()
        by = people.load("mo")
        said = {"petition": petition, "rule": "single", "reason": "…", "number": 1, "by": by}
        row = Removal.objects.create(**said)
        if values:
            write(Removal, row.pk, reversed_by=by, **values)
        return row, author, {**ids, "removal_id": row.pk}

    return find


def _reverse(row: Removal, _at: Any) -> None:
    write(Removal, row.pk, **_REVERSED, reversed_by=row.by)


_HIDDEN = {"hidden_at": NOW, "hidden_reason": "spam"}
_REVERSED = {"reversed_at": NOW, "reversed_reason": "помилка"}
_TAKEN_BACK = {"withdrawn_at": NOW, "withdrawn_reason": "ні"}
PETITIONS = {
    "petitions/published": Told(_petition("collecting"), {"withdrawn": _TAKEN_BACK}),
    "petitions/refused": Told(_petition("refused")),
    "petitions/reached": Told(
        _petition("reached"), {"below it again": {"reached_at": None, "notice_due_on": None}}
    ),
    "petitions/review": Told(
        _petition("review"), {"taken back": {"review_at": None, "review_due_on": None}}
    ),
    "petitions/withdrawn": Told(_petition("withdrawn")),
    "petitions/news": Told(
        _news(),
        {
            "hidden": _HIDDEN,
            "petition withdrawn": lambda row, _at: write(Petition, row.petition_id, **_TAKEN_BACK),
        },
    ),
    "petitions/news_hidden": Told(
        _news(**_HIDDEN), {"restored": {"hidden_at": None, "hidden_reason": ""}}
    ),
    "petitions/news_restored": Told(_news(), {"hidden anew": _HIDDEN}),
    "petitions/signature_removed": Told(_removal(), {"reversed": _reverse}),
    "petitions/signature_restored": Told(
        _removal(**_REVERSED),
        {"taken back": {"reversed_at": None, "reversed_reason": "", "reversed_by": None}},
    ),
}


# --- consultations --------------------------------------------------------------------------------


def _consultation(state: str = "open") -> Found:
    row = factories.consultation(people.load_department(), state, text=None)
    return row, people.load("olena"), {"consultation_id": row.pk}


def _change_dates(row: Consultation) -> DateChange:
    return DateChange.objects.create(
        consultation=row,
        by=people.load("ofi"),
        old_opens_at=row.opens_at,
        old_closes_at=row.closes_at,
        new_opens_at=row.opens_at,
        new_closes_at=row.closes_at + DAY,
        reason="так",
    )


def _dates() -> Found:
    row, whom, ids = _consultation()
    return row, whom, {**ids, "change_id": _change_dates(row).pk}


def _version() -> Found:
    row = factories.consultation(people.load_department())
    version = row.draft.versions.get()
    return row, people.load("olena"), {"consultation_id": row.pk, "version_id": version.pk}


def _publish_another(row: Consultation, _at: Any) -> None:
    newest = row.draft.versions.get()
    Version.objects.create(draft=row.draft, number=newest.number + 1, published_at=clock.now())


def _replied() -> Found:
    at = of_remarks._open_consultation()
    row = of_remarks.say(at, at.olena)
    answer = Comment.objects.create(
        thread=at.consultation.thread,
        parent_id=row.comment_id,
        author=at.ofi,
        is_official=True,
        text="Так",
        html="<p>Так</p>",
    )
    return row, at.olena, {"comment_id": row.comment_id, "answer_id": answer.pk}


def _joined() -> Found:
    row, whom, ids = _replied()
    return row, whom, {"comment_id": ids["comment_id"]}


def _its_comment(**values: Any) -> Change:
    return lambda row, _at: write(Comment, row.comment_id, **values)


def _its_answer(**values: Any) -> Change:
    return lambda row, _at: write(Comment, row.comment.answers.get().pk, **values)


_GONE: dict[str, Change] = {
    "hidden": _its_comment(**of_remarks.HIDDEN),
    "deleted": _its_comment(deleted_at=NOW),
}
_ANSWERED = Told(
    _replied,
    {
        **_GONE,
        "answer hidden": _its_answer(**of_remarks.HIDDEN),
        "answer deleted": _its_answer(deleted_at=NOW),
    },
)
CONSULTATIONS = {
    "consultations/opened": Told(
        _consultation,
        {
            "withdrawn": _TAKEN_BACK,
            "closed": {"closes_at": PAST},
            "moved": {"opens_at": FUTURE},
            "unpublished": {"announced_at": None},
        },
    ),
    "consultations/withdrawn": Told(
        lambda: _consultation("withdrawn"),
        {"not any more": {"withdrawn_at": None, "withdrawn_reason": ""}},
    ),
    "consultations/dates_changed": Told(
        _dates,
        {"withdrawn": _TAKEN_BACK, "changed again": lambda row, _at: _change_dates(row)},
    ),
    "consultations/text_changed": Told(
        _version, {"withdrawn": _TAKEN_BACK, "a newer text": _publish_another}
    ),
    "consultations/remark_answered": _ANSWERED,
    "consultations/reply_corrected": _ANSWERED,
    "consultations/remark_joined": Told(_joined, _GONE),
    "consultations/remark_restored": Told(_joined, _GONE),
}


TOLD: dict[str, Told] = {
    **MEETINGS,
    **PRESS,
    **PETITIONS,
    **CONSULTATIONS,
    **ACCOUNTS,
    **ORGANISATIONS,
}
