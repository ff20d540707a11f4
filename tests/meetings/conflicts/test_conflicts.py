"""Conflicts of interest: declared by phone or secretary, and what follows for votes."""

from __future__ import annotations

import pytest

from core.models import AuditEntry
from meetings.conflicts import actions
from meetings.course import actions as course_actions
from meetings.minutes import content
from meetings.minutes.parts import Parts
from meetings.minutes.queries import gather, minutes_of
from meetings.models import Deputy, Item, LogEntry, Meeting, Vote
from meetings.paper_ballots import actions as ballots
from meetings.rollcalls import actions as rollcalls_actions
from meetings.rollcalls.majority import result_of
from tests.meetings import factories
from tests.meetings.factories import refused

pytestmark = pytest.mark.django_db
WORDS = "Землю передають моєму братові"


@pytest.fixture
def session() -> Meeting:
    made = factories.meeting("running")
    factories.everybody_is_here(made)
    factories.on_item(made)
    made.refresh_from_db()
    return made


@pytest.fixture
def deputies(session, olena) -> list[Deputy]:
    """The members; the first by olena's account."""
    found = factories.deputies(session.body)
    found[0].user = olena
    found[0].save()
    return found


def item_of(session: Meeting, order: int = 1) -> Item:
    return session.items.get(order=order)


def test_who_declares_it_takes_no_part(session, deputies, olena, client):
    by, one = factories.secretary(), deputies[0]
    roll_call = factories.roll_call(session)
    rollcalls_actions.vote(roll_call, one, by=olena, choice="for")
    made = actions.declare(item_of(session), one, by=olena, words=WORDS)
    assert made.by_deputy
    # What they had voted is gone, by the log too; another vote is refused, whoever enters it.
    assert not roll_call.votes.exists()
    kinds = list(session.log.filter(deputy=one).values_list("kind", flat=True))
    assert kinds[-2:] == [LogEntry.Kind.CONFLICT, LogEntry.Kind.VOTE_TAKEN_BACK]
    with refused("conflict.takes_no_part"):
        rollcalls_actions.vote(roll_call, one, by=olena, choice="for")
    with refused("conflict.takes_no_part"):
        rollcalls_actions.enter_vote(roll_call, one, by=by, choice="not_voting")
    for deputy in deputies[1:4]:
        rollcalls_actions.enter_vote(roll_call, deputy, by=by, choice="for")
    roll_call = rollcalls_actions.close_roll_call(roll_call, by=by)
    choices = list(Vote.objects.filter(roll_call=roll_call).values_list("choice", flat=True))
    assert sorted(choices) == ["conflict", "for", "for", "for", "not_voting"]
    result = result_of(roll_call, choices)
    # They are in the hall, and no vote of theirs is missing from the total of five.
    assert (result.conflict, result.present, result.needed, result.is_carried) == (1, 5, 3, True)
    rollcalls_actions.publish_roll_call(roll_call, by=by)

    page = client.get(session.get_absolute_url()).content.decode()
    assert WORDS in page and "Не брали участі" in page
    csv = b"".join(client.get(f"/meetings/{session.pk}/roll-calls.csv")).decode()
    assert f"{one.name},Рідне місто,conflict" in csv
    votes = client.get(f"/api/v1/meetings/{session.pk}/roll-calls/").json()["results"][0]["votes"]
    assert {vote["choice"] for vote in votes if vote["deputy"]["id"] == one.pk} == {"conflict"}
    sections = content.compose(gather(session, minutes_of(session, by=by)), Parts())
    words = str([block for section in sections[1:-1] for block in section.blocks])
    assert f"{one.name}: {WORDS}" in words
    told = AuditEntry.objects.filter(event="ConflictDeclared")
    assert [row.ids["deputy_id"] for row in told] == [one.pk]


@pytest.mark.with_all
def test_on_another_item_they_vote(session, deputies, olena):
    actions.declare(item_of(session, 2), deputies[0], by=olena, words=WORDS)
    roll_call = factories.roll_call(session)
    assert rollcalls_actions.vote(roll_call, deputies[0], by=olena, choice="for").choice == "for"


def test_who_may_declare_and_until_when(session, deputies, olena, bohdan):
    by, (one, two, *_others) = factories.secretary(), deputies
    first, second = item_of(session), item_of(session, 2)
    with refused("meeting.runners_only"):
        actions.declare(first, one, by=bohdan, words=WORDS)
    with refused("meeting.runners_only"):
        actions.declare(first, two, by=olena, words=WORDS)
    with refused("conflict.empty"):
        actions.declare(first, one, by=olena, words="  ")
    stranger = Deputy.objects.create(name="Чужий Іван", since=factories.LONG_AGO)
    with refused("meeting.not_a_member"):
        actions.declare(first, stranger, by=by, words=WORDS)
    assert not actions.declare(first, two, by=by, words=WORDS).by_deputy
    with refused("conflict.declared"):
        actions.declare(first, two, by=by, words=WORDS)
    course_actions.next_item(session, by=by, seen_item=first.pk)
    with refused("conflict.too_late"):
        actions.declare(first, one, by=olena, words=WORDS)
    actions.declare(second, one, by=olena, words=WORDS)


@pytest.mark.with_all
def test_before_the_meeting_it_is_declared_too(olena):
    announced = factories.meeting()
    one = factories.deputies(announced.body)[0]
    actions.declare(item_of(announced), one, by=factories.secretary(), words=WORDS)
    assert not announced.log.exists()


@pytest.mark.with_all
def test_a_mistake_is_taken_back_with_its_reason(session, deputies, olena):
    by, one = factories.secretary(), deputies[0]
    made = actions.declare(item_of(session), one, by=olena, words=WORDS)
    with refused("meeting.runners_only"):
        actions.withdraw(made, by=olena, reason="Помилка")
    with refused("conflict.reason_missing"):
        actions.withdraw(made, by=by, reason="")
    made = actions.withdraw(made, by=by, reason="Не те питання")
    with refused("conflict.withdrawn"):
        actions.withdraw(made, by=by, reason="Ще раз")
    roll_call = factories.roll_call(session)
    rollcalls_actions.vote(roll_call, one, by=olena, choice="against")
    actions.declare(item_of(session), one, by=olena, words=WORDS)


def test_no_ballot_of_paper_for_who_takes_no_part(session, deputies, olena):
    by = factories.secretary()
    actions.declare(item_of(session), deputies[0], by=olena, words=WORDS)
    ballot = ballots.open_ballot(
        session,
        by=by,
        matter="26-4",
        kind="decision",
        question="Обрати секретаря",
        options=[],
        commission=deputies[1:4],
        seen_item=session.current_item_id,
    )
    with refused("paper_ballot.conflict"):
        ballots.mark(ballot, deputies[0], by=by)


@pytest.mark.with_all
def test_pages(session, deputies, olena, client):
    address = f"/meetings/{session.pk}/conflict/"
    client.force_login(olena)
    assert address in client.get(f"/meetings/{session.pk}/vote/").content.decode()
    sent = client.post(address, {"item": item_of(session).pk, "words": WORDS})
    assert sent.status_code == 302
    by = factories.secretary()
    client.force_login(by)
    control = client.get(f"/meetings/{session.pk}/control/").content.decode()
    assert f"{deputies[0].name} – не бере участі зараз" in control
    entered = {"deputy": deputies[1].pk, "item": item_of(session).pk, "words": WORDS}
    assert client.post(f"/meetings/{session.pk}/control/conflicts/", entered).status_code == 302
    made = item_of(session).conflicts.get(deputy=deputies[1])
    back = f"/meetings/{session.pk}/control/conflicts/{made.pk}/"
    assert client.get(back).status_code == 200
    assert client.post(back, {"reason": "Помилка"}).status_code == 302
    client.force_login(people_of(deputies))
    assert client.get(address).status_code == 200


def people_of(deputies: list[Deputy]):
    assert deputies[0].user is not None
    return deputies[0].user
