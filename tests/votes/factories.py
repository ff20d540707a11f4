"""Polls for tests, made by the actions themselves."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from PIL import Image

from accounts.models import User
from accounts.paper.codes import DIGITS_ALONE, new_code
from city.models import Department
from core.domain import clock
from votes.ballots import actions as cast_actions
from votes.ballots.boxes import Ballot, Opener, seal
from votes.electorate import actions as electorate_actions
from votes.electorate import actions_lists as lists_actions
from votes.electorate.printing import purpose
from votes.keepers import actions as keepers_actions
from votes.keepers import server_keys
from votes.life import actions
from votes.models import (
    Invitation,
    Option,
    PaperBallot,
    Poll,
    Question,
    SecretVoterRecord,
    State,
)
from votes.opening import actions as opening_actions
from votes.paper import actions as paper_actions
from votes.queries import questions_of
from votes.questions import actions_pictures as pictures_actions

OPTIONS = [{"text": "Парк"}, {"text": "Сквер"}, {"text": "Стадіон"}]
SINGLE = {"text": "Що збудувати?", "kind": "single", "options": OPTIONS}
YES_NO = {"text": "Чи згодні ви?", "kind": "yes_no"}
RANKED = {"text": "У якому порядку?", "kind": "ranked", "method": "schulze", "options": OPTIONS}
#: A question of every kind.
ALL_KINDS: list[dict[str, Any]] = [
    SINGLE | {"none_of_these": True},
    {"text": "Які роботи?", "kind": "multiple", "most": 2, "options": OPTIONS},
    YES_NO,
    RANKED,
    {"text": "Оцініть", "kind": "score", "options": OPTIONS},
    {"text": "Поділіть", "kind": "points", "budget": 10, "options": OPTIONS},
    {"text": "Що ще?", "kind": "text", "is_required": False},
]


def poll(
    by: User,
    department: Department,
    state: str = State.OPEN,
    *,
    questions: list[dict[str, Any]] | None = None,
    people: list[tuple[str, str]] | None = None,
    **fields: Any,
) -> Poll:
    """A poll in ``state`` now: it opened an hour ago and closes in a week, or closed just now.

    ``by`` is an officer of the department; ``people``: who is on its list. A published one was
    counted without votes. In a run-off the list decides between equals.
    """
    now = clock.now()
    opens_at = now + timedelta(days=1) if state == State.SCHEDULED else now
    values = {
        "title": "Що збудувати на пустирі",
        "department": department,
        "opens_at": opens_at,
        "closes_at": opens_at + timedelta(days=7),
    }
    if any(each.get("method") == "runoff" for each in questions or ()):
        values["tie_rule"] = Poll.TieRule.LISTED
    if fields.get("secrecy") == Poll.Secrecy.SECRET:
        values["keeping"] = Poll.Keeping.SERVER
    if people is not None:
        values["voters"] = Poll.Voters.INVITED
    made = actions.create(by=by, fields=values | fields, questions=questions or [SINGLE])
    if people:
        lists_actions.invite(made, people, by=by)
    if made.is_secret and made.keeping == Poll.Keeping.SERVER:
        server_keys.make(made)
    if state == State.DRAFT:
        return made
    made = actions.schedule(made, by=by)
    if state == State.CANCELLED:
        return actions.cancel(made, by=by, reason="Питання вже вирішено.")
    if state in (State.CLOSED, State.PUBLISHED):
        electorate_actions.freeze(made)
        close(made)
    if state == State.PUBLISHED:
        actions.publish(made, by=by)
    made.refresh_from_db()
    return made


def kept(by: User, department: Department) -> Poll:
    """A draft of a secret poll with the key of one keeper, who has not tried the file."""
    draft = poll(
        by,
        department,
        State.DRAFT,
        secrecy=Poll.Secrecy.SECRET,
        keeping=Poll.Keeping.PEOPLE,
        title="Склад журі",
    )
    key = X25519PrivateKey.generate().public_key().public_bytes_raw()
    keepers_actions.add_keeper(draft, by=by, name="Секретар ради", public_key=key)
    return draft


def close(made: Poll) -> Poll:
    """Let its last moment be over, and its boxes be opened by the server's key if it has one."""
    end(made)
    if made.is_secret and made.keeping == Poll.Keeping.SERVER:
        opening_actions.open_boxes(made, server_keys.load(made))
        made.refresh_from_db()
    return made


def end(made: Poll) -> Poll:
    """Let its last moment be over."""
    moved = clock.now() - timedelta(seconds=1)
    Poll.objects.filter(pk=made.pk).update(opens_at=moved - timedelta(hours=1), closes_at=moved)
    made.refresh_from_db()
    return made


def in_boxes(made: Poll) -> list[Ballot]:
    """What the boxes of a poll hold, by the server's key; they stay closed."""
    opener = Opener(made, server_keys.load(made), 0, 1, questions_of(made))
    records = SecretVoterRecord.objects.filter(poll=made, box__isnull=False).order_by("number")
    found = [opener.open(record.number, bytes(record.box)) for record in records]
    assert all(found)
    return found


def put(made: Poll, records: list[SecretVoterRecord], choices: dict[str, Any]) -> None:
    """Write records down as the electorate; who has voted among them has chosen this."""
    keys = cast_actions.keys_of(made)
    for record in records:
        if record.used:
            record.form = uuid4()
            ballot = Ballot(choices, uuid4() if made.has_receipts else None)
            record.box = seal(made, keys, record.number, ballot)
    SecretVoterRecord.objects.bulk_create(records)
    made.electorate = SecretVoterRecord.objects.filter(poll=made).count()
    made.save(update_fields=["electorate"])


def slip(made: Poll, by: User | None = None, invitation: Invitation | None = None) -> str:
    """What is drawn with the form of a secret ballot."""
    return cast_actions.draw_slip(made, by, invitation).signed()


def cast_secretly(
    made: Poll,
    by: User | None = None,
    choices: dict[str, Any] | None = None,
    *,
    invitation: Invitation | None = None,
    **more: Any,
) -> UUID | None:
    """Open a form and cast a secret ballot by it; returns the code."""
    return cast_actions.cast_secretly(
        made,
        slip=slip(made, by, invitation),
        by=by,
        invitation=invitation,
        choices=choose(made) if choices is None else choices,
        **more,
    )


def first_question(made: Poll) -> Question:
    return made.questions.first()


def options(made: Poll) -> list[int]:
    """Ids of the options of its first question."""
    return list(Option.objects.filter(question=first_question(made)).values_list("pk", flat=True))


def choose(made: Poll, place: int = 0) -> dict[str, Any]:
    """A ballot for one option of its first and only question."""
    return {str(first_question(made).pk): options(made)[place]}


def filled(made: Poll) -> dict[str, Any]:
    """An answer of each kind, as a ballot has it."""
    answers: dict[str, Any] = {}
    for question in made.questions.all():
        pks = list(question.options.values_list("pk", flat=True))
        answers[str(question.pk)] = {
            "single": pks[:1] and pks[0],
            "multiple": pks[:2],
            "approval": pks[:2],
            "yes_no": "yes",
            "ranked": pks[::-1],
            "score": dict.fromkeys(map(str, pks[:1]), 5),
            "points": dict.fromkeys(map(str, pks[:1]), 7),
            "text": "Дякую!",
        }[question.kind]
    return answers


def illustrate(made: Poll, by: User) -> None:
    """Give the options of its first question a picture, a description and a cost."""
    picture = io.BytesIO()
    Image.new("RGB", (80, 60), "seagreen").save(picture, "PNG")
    for option in first_question(made).options.all():
        option.details, option.cost = "З доріжками й лавками.", 1_200_000
        option.save()
        pictures_actions.set_picture(option, by=by, file=io.BytesIO(picture.getvalue()))


def codes_of(made: Poll) -> dict[str, str]:
    """New codes on paper for the list: name -> the code as it is printed."""
    found = {}
    for line in Invitation.objects.filter(poll=made):
        found[line.name], digest = new_code(purpose(made.pk), DIGITS_ALONE)
        Invitation.objects.filter(pk=line.pk).update(code=bytes.fromhex(digest))
    return found


def sheet(made: Poll, by: User) -> PaperBallot:
    """A ballot on paper that one person has typed."""
    return paper_actions.enter_paper(made, by=by, number="17", choices=filled(made))
