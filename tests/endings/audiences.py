"""Each audience of mails to many: one of its members, and each way to leave it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection, models
from django.db.models import F

from accounts.models import User
from consultations.models import Remark
from consultations.remarks import actions
from core.domain import clock
from core.domain.calendar import ONE_DAY, local_date
from discussions.models import Comment
from meetings.models import Question, Registration
from newsroom.models import Accreditation, PressAttendance
from notifications.mails.audiences import AUDIENCES
from notifications.models import Activity, Follower, Following, Sent, Unsubscription
from petitions.models import Signature
from tests.access.city import City
from votes.models import Invitation

type Leave = Callable[[dict[str, int], int], object]


@dataclass(frozen=True)
class Membership:
    """``find``: the ids of a mail whose audience has a member in the city; it makes one where the
    city has none. ``ways``: what each way to leave is, of the ids and the member's own."""

    find: Callable[[City], dict[str, int]]
    ways: Mapping[str, Leave]


def _set(model: type[models.Model], key: str = "pk", **values: Any) -> Leave:
    """Write values over a member's rows, whatever the states that lead there are."""

    def leave(_ids: dict[str, int], member: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")  # no triggers
            assert model._base_manager.filter(**{key: member}).update(**values)
            cursor.execute("SET LOCAL session_replication_role = origin")

    return leave


def _unreachable(_ids: dict[str, int], member: int) -> None:
    row = Signature.objects.get(pk=member)
    if row.user_id:
        User.objects.filter(pk=row.user_id).update(is_active=False)
    else:
        Signature.objects.filter(pk=member).update(email="")


def _suspended(path: str, model: type[models.Model]) -> Leave:
    def leave(_ids: dict[str, int], member: int) -> None:
        users = model._base_manager.filter(pk=member).values_list(path, flat=True)
        User.objects.filter(pk__in=list(users)).update(is_active=False)

    return leave


def _stop_mails(ids: dict[str, int], member: int) -> None:
    Unsubscription.objects.create(user_id=member, consultation_id=ids["consultation_id"])


_NOW = clock.Now()
_ACCOUNT: dict[str, Leave] = {
    "suspended": _set(User, is_active=False),
    "erased": _set(User, erased_at=_NOW, is_active=False, given_name="", family_name=""),
}
_WITHDRAWN = Signature.Status.WITHDRAWN
_SIGNER: dict[str, Leave] = {
    "suspended, or without an address": _unreachable,
    "withdrawn": _set(
        Signature, status=_WITHDRAWN, user=None, mailbox=None, email="", name="", removal=None
    ),
}


def _consulted(city: City) -> dict[str, int]:
    return {"consultation_id": city.opened.pk}


def _repeated(city: City) -> dict[str, int]:
    """Another remark of the consultation is folded into the one that is shown."""
    twin = actions.remark(city.opened, by=city.people["bohdan"], text="те саме слово")
    Remark.objects.filter(pk=twin.pk).update(folded_into=city.shown.pk)
    return {"comment_id": city.shown.pk}


def _petition(city: City) -> dict[str, int]:
    return {"petition_id": city.petitions["collecting"].pk}


def _removal(_city: City) -> dict[str, int]:
    removed = Signature.objects.filter(status=Signature.Status.REMOVED).first()
    assert removed is not None
    assert removed.removal_id
    return {"removal_id": removed.removal_id, "petition_id": removed.petition_id}


def _restored(city: City) -> dict[str, int]:
    """Those whom a removal had taken count again, after they were told of it."""
    ids = _removal(city)
    removed = Signature.objects.filter(removal=ids["removal_id"])
    event = f"petitions/signature_removed:removal:{ids['removal_id']}"
    for row in removed.select_related("user"):
        whom = {"user": row.user} if row.user else {"signature": row}
        Sent.objects.create(event=event, **whom)
    removed.update(status=Signature.Status.COUNTED, removal=None)
    return ids


def _objection(city: City) -> dict[str, int]:
    row = Signature.objects.filter(objections__isnull=False).values("objections").first()
    assert row is not None
    return {"objection_id": row["objections"]}


def _listed(city: City) -> dict[str, int]:
    poll = city.polls["open"]
    line = {"name": "Ліна Костенко", "name_key": "ліна", "email": "lina@viche.example"}
    Invitation.objects.create(poll=poll, **line)
    return {"poll_id": poll.pk}


def _registered(_city: City) -> dict[str, int]:
    row = Registration.objects.active().first()
    assert row is not None
    return {"meeting_id": row.meeting_id}


def _asked(_city: City) -> dict[str, int]:
    row = Question.objects.unanswered().first()
    assert row is not None
    return {"meeting_id": row.meeting_id}


def _agreed(_city: City) -> dict[str, int]:
    Accreditation.objects.update(releases_agreed_at=clock.now())
    return {}


def _got_release(city: City) -> dict[str, int]:
    article_id = city.press.release.article_id
    row = city.press.by_state["accredited"]
    Sent.objects.create(accreditation=row, event=f"press/release:article:{article_id}:1")
    return {"article_id": article_id}


def _coming(city: City) -> dict[str, int]:
    journalist = Accreditation.objects.listening(local_date(clock.now())).first()
    assert journalist is not None
    meeting = city.press.conference
    said = {"accreditation": journalist, "meeting": meeting}
    PressAttendance.objects.update_or_create(**said, defaults={"is_coming": True})
    return {"meeting_id": meeting.pk}


def _followed(_city: City) -> dict[str, int]:
    for activity in Activity.objects.all():
        if AUDIENCES["followers"].next_members({"activity_id": activity.pk}, after=0, most=1):
            return {"activity_id": activity.pk}
    raise AssertionError("nobody follows anything in the city")


def _end_term(_ids: dict[str, int], member: int) -> None:
    """Its last day was yesterday."""
    yesterday = local_date(clock.now()) - ONE_DAY
    Accreditation.objects.filter(pk=member).update(until=yesterday)


_PARTICIPANT = {**_ACCOUNT, "mails stopped": _stop_mails}
_PRESS: dict[str, Leave] = {
    "the term is over": _end_term,
    "ended": _set(Accreditation, ended_at=_NOW, ended_reason="так", ended_by=F("decided_by")),
}

MEMBERSHIPS: dict[str, Membership] = {
    "participants": Membership(_consulted, _PARTICIPANT),
    "speakers": Membership(_consulted, _PARTICIPANT),
    "repeaters": Membership(
        _repeated,
        {
            **_ACCOUNT,
            "words deleted": _set(Comment, "author", deleted_at=_NOW),
            "words hidden": _set(
                Comment, "author", hidden_at=_NOW, hidden_reason="spam", hidden_note="так"
            ),
            "parted from it": _set(Remark, "comment__author", folded_into=None),
        },
    ),
    "listeners": Membership(_petition, {**_SIGNER, "no news": _set(Signature, wants_news=False)}),
    "removed": Membership(
        _removal,
        {**_SIGNER, "restored": _set(Signature, status=Signature.Status.COUNTED, removal=None)},
    ),
    "restored": Membership(_restored, _SIGNER),
    "objector": Membership(_objection, {"unreachable": _unreachable}),
    "invited": Membership(
        _listed,
        {
            "without an address": _set(Invitation, email=""),
            "off the list": lambda _ids, member: Invitation.objects.filter(pk=member).delete(),
        },
    ),
    "registered": Membership(
        _registered,
        {
            **_ACCOUNT,
            "withdrawn": _set(Registration, "user", withdrawn_at=_NOW, needs="", consented_at=None),
        },
    ),
    "askers": Membership(
        _asked,
        {
            **_ACCOUNT,
            "answered": _set(Question, "author", state="answered", answer="так", answered_at=_NOW),
            "words taken back": _set(Question, "author", text=""),
        },
    ),
    "press": Membership(
        lambda _city: {}, {**_PRESS, "mails stopped": _set(Accreditation, mails_stopped_at=_NOW)}
    ),
    "press_releases": Membership(
        _agreed,
        {
            **_PRESS,
            "mails stopped": _set(Accreditation, mails_stopped_at=_NOW),
            "took the consent back": _set(Accreditation, releases_agreed_at=None),
        },
    ),
    "press_release_told": Membership(_got_release, _PRESS),
    "press_coming": Membership(
        _coming,
        {**_PRESS, "does not come": _set(PressAttendance, "accreditation", is_coming=False)},
    ),
    "followers": Membership(
        _followed,
        {
            "suspended": _suspended("user", Follower),
            "bounced": _set(Follower, bounced_at=_NOW),
            "follows no more": lambda _ids, member: Following.objects.filter(
                follower=member
            ).delete(),
        },
    ),
}
#: Audiences of one, to whom an answer is due whatever became of them.
WHOEVER_ASKED = {"applicant"}
