"""One truth between presence, votes and minutes: what the trials found, each by its name."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from lxml import html

from core.domain import clock
from core.web.pages import forget_pages
from meetings import pages, queries
from meetings.control.queries import control_of
from meetings.course import actions as course_actions
from meetings.deputies import actions_video
from meetings.displays import boards
from meetings.hall import claims
from meetings.minutes import actions as minutes
from meetings.minutes import queries as drawn
from meetings.minutes.contradictions import contradictions_of
from meetings.models import (
    Body,
    Deputy,
    Item,
    LogEntry,
    Meeting,
    Minutes,
    Presence,
    PresenceClaim,
    RollCall,
    RollCallAnnulment,
    Seat,
    State,
    Vote,
)
from meetings.presence import actions as presence_actions
from meetings.presence.queries import attendance_of
from meetings.presenters import ShownMeeting
from meetings.rollcalls import actions as rollcalls_actions
from meetings.rollcalls import actions_decisions
from meetings.rollcalls.actions import Missing
from tests.meetings import factories
from tests.meetings.factories import refused

pytestmark = pytest.mark.django_db
_Kind = LogEntry.Kind


def council(members: int, *, membership: int = 0) -> Body:
    """A council of many, made by few statements."""
    body = Body.objects.create(name="Міська рада", kind="council", membership=membership or members)
    rows = [
        Deputy(name=f"Депутат {number:02}", name_key=f"{number:02}", since=factories.LONG_AGO)
        for number in range(members)
    ]
    Seat.objects.bulk_create(
        Seat(body=body, deputy=deputy, since=factories.LONG_AGO)
        for deputy in Deputy.objects.bulk_create(rows)
    )
    return body


@pytest.fixture
def running() -> Meeting:
    meeting = factories.meeting(State.RUNNING)
    factories.on_item(meeting)
    return meeting


def members(meeting: Meeting) -> list[Deputy]:
    assert meeting.body is not None
    return factories.deputies(meeting.body)


def decide(meeting: Meeting, number: int, *, published: bool = True, **asked: Any) -> RollCall:
    """A closed roll-call with so many votes for it, the rest against."""
    by = factories.secretary()
    roll_call = factories.roll_call(meeting, **asked)
    here = [one for one in members(meeting) if one.pk in attendance_of(meeting)]
    for place, deputy in enumerate(here):
        choice = "for" if place < number else "against"
        rollcalls_actions.enter_vote(roll_call, deputy, by=by, choice=choice)
    closed = rollcalls_actions.close_roll_call(roll_call, by=by)
    return rollcalls_actions.publish_roll_call(closed, by=by) if published else closed


def close(meeting: Meeting) -> Meeting:
    meeting.refresh_from_db()
    seen = meeting.current_item_id
    return course_actions.close_meeting(meeting, by=factories.secretary(), seen_item=seen)


def gathered(meeting: Meeting) -> drawn.Gathered:
    by = factories.secretary()
    return drawn.gather(meeting, drawn.minutes_of(meeting, by=by))


def draft(meeting: Meeting) -> str:
    by = factories.secretary()
    stored = drawn.minutes_of(meeting, by=by)
    edition, _parts = minutes.compose_edition(meeting, stored, by=by, at=clock.now())
    return str(edition.content)


def codes(meeting: Meeting) -> list[str]:
    return [each.code for each in contradictions_of(gathered(meeting))]


def words(answer: Any) -> str:
    main = html.fromstring(answer.content).xpath("//main")[0]
    return " ".join(main.text_content().split())


# --- Presence and votes ---------------------------------------------------------------------------


def test_22_votes_of_absent_deputies_decide_nothing(client):
    """B1: nobody was noted, 22 of 34 votes were entered, and the decision was published."""
    by = factories.secretary()
    meeting = factories.meeting(State.RUNNING, of=council(34))
    factories.on_item(meeting)
    meeting.refresh_from_db()
    asked = {"question": "Прийняти", "seen_item": meeting.current_item_id}
    with refused("rollcall.no_quorum"):
        rollcalls_actions.open_roll_call(meeting, by=by, **asked)
    roll_call = rollcalls_actions.open_roll_call(
        meeting, by=by, no_quorum_reason="Перевірка системи", **asked
    )
    opened = LogEntry.objects.get(kind=_Kind.ROLL_CALL)
    assert opened.words == "Без кворуму: присутні 0 із 34. Перевірка системи"

    said = dict.fromkeys(members(meeting)[:22], "for")
    # Of all 22 it is asked once, not 22 times.
    with pytest.raises(rollcalls_actions.Refused) as caught, transaction.atomic():
        rollcalls_actions.enter_votes(roll_call, said, by=by)
    assert caught.value.verdict.code == "rollcall.not_noted"
    assert len(caught.value.verdict.params["deputies"]) == 22
    assert not Vote.objects.exists()
    assert rollcalls_actions.enter_votes(roll_call, said, by=by, missing=Missing.SKIP) == []
    # Not by a stray query either.
    with pytest.raises(IntegrityError, match="vote_of_the_present"), transaction.atomic():
        Vote.objects.create(
            roll_call=roll_call, deputy=next(iter(said)), choice="for", by=by, entered="secretary"
        )

    assert len(rollcalls_actions.enter_votes(roll_call, said, by=by, missing=Missing.COME)) == 22
    came = LogEntry.objects.filter(meeting=meeting, kind=_Kind.CAME)
    assert {entry.words for entry in came} == {"внесено з голосом"}
    roll_call = rollcalls_actions.close_roll_call(roll_call, by=by)
    shown = queries.ShownRollCall.of(roll_call)
    assert (shown.result.present, shown.result.absent, shown.result.is_carried) == (22, 12, True)
    close(meeting)
    text = draft(meeting)
    assert "Присутні: 22 із загального складу 34" in text
    assert "Кворум є" in text
    assert "vote_outside_presence" not in codes(meeting)


def test_who_is_not_in_the_hall_does_not_vote_by_telephone(client, bohdan, running):
    """S1-2: a deputy who had left voted at home, and made up the quorum."""
    one, *others = members(running)
    one.user = bohdan
    one.save()
    by = factories.secretary()
    factories.everybody_is_here(running)
    roll_call = factories.roll_call(running)
    presence_actions.leave(running, one, by=by)
    client.force_login(bohdan)
    address = f"/meetings/{running.pk}/vote/"
    assert "Вас не відзначено в залі" in client.get(address).text
    cast = f"/meetings/{running.pk}/roll-calls/{roll_call.pk}/vote/"
    client.post(cast, {"choice": "for"})
    assert "Вас не відзначено в залі" in client.get(address).text
    with refused("rollcall.not_here"):
        rollcalls_actions.vote(roll_call, one, by=bohdan, choice="for")
    control = control_of(running, now=clock.now(), seq=0)
    roll_call = rollcalls_actions.close_roll_call(roll_call, by=by)
    assert roll_call.present == control.here == len(others) == 4
    assert Vote.objects.get(roll_call=roll_call, deputy=one).choice == "absent"


def test_a_deputy_who_votes_and_leaves_has_taken_part(running):
    by = factories.secretary()
    one, *_others = members(running)
    factories.everybody_is_here(running)
    roll_call = factories.roll_call(running)
    rollcalls_actions.enter_vote(roll_call, one, by=by, choice="for")
    presence_actions.leave(running, one, by=by)
    assert rollcalls_actions.close_roll_call(roll_call, by=by).present == 5
    close(running)
    assert codes(running) == ["decision_unconfirmed"]
    with pytest.raises(IntegrityError, match="presence_holds_its_votes"), transaction.atomic():
        Presence.objects.filter(deputy=one).delete()
    early = running.opened_at
    assert early is not None
    with pytest.raises(IntegrityError, match="presence_holds_its_votes"), transaction.atomic():
        Presence.objects.filter(deputy=one).update(came_at=early, left_at=early)


def test_an_arrival_is_written_with_the_vote_not_before_the_last_one(clock_at, running):
    by = factories.secretary()
    *here, late = members(running)
    presence_actions.come_all(running, here, by=by)
    decide(running, 4)
    closed_at = RollCall.objects.get().closed_at
    assert closed_at is not None
    clock_at(minutes=20)
    roll_call = factories.roll_call(running)
    now = clock.now()
    enter = {"by": by, "choice": "for", "has_come": True}
    for moment in (closed_at - timedelta(seconds=1), now + timedelta(minutes=1)):
        with refused("presence.moment"):
            rollcalls_actions.enter_vote(roll_call, late, came_at=moment, **enter)
    since = now - timedelta(minutes=10)
    rollcalls_actions.enter_vote(roll_call, late, came_at=since, **enter)
    assert Presence.objects.get(deputy=late).came_at == since
    assert "внесено з голосом; з " in LogEntry.objects.filter(deputy=late).get().words


def test_as_many_are_needed_before_the_close_as_after_it(running):
    """S1-2: «needed» was 15 while the vote was open, and 16 once it was closed."""
    by = factories.secretary()
    one, two, *_others = members(running)
    factories.everybody_is_here(running)
    roll_call = factories.roll_call(running, needs="procedural")
    said = []
    for number, deputy in enumerate((one, two)):
        rollcalls_actions.enter_vote(roll_call, deputy, by=by, choice="for")
        presence_actions.leave(running, deputy, by=by)
        control = control_of(meeting_row(running), now=clock.now(), seq=0)
        assert control.open_roll_call is not None
        assert control.here == 4 - number
        said.append(control.open_roll_call.needed)
    closed = rollcalls_actions.close_roll_call(roll_call, by=by)
    result = queries.ShownRollCall.of(closed).result
    assert {*said, result.needed} == {3}
    assert (result.present, result.is_carried) == (5, False)


@pytest.fixture
def clock_at(clock):
    return lambda **ahead: clock.advance(**ahead)


def test_65_present_are_of_65(client):
    """S2-2: the head of the city was counted among those present, and not in the total."""
    body = council(64)
    factories.head_of_the_city(body)
    meeting = factories.meeting(State.RUNNING, of=body)
    by = factories.secretary()
    presence_actions.come_all(meeting, Deputy.objects.filter(seats__body=body), by=by)
    forget_pages()
    page = client.get(f"/meetings/{meeting.pk}/").text
    assert "<strong>65</strong> із 65" in page
    shown = ShownMeeting.of(meeting_row(meeting))
    (figure, *_more) = boards.display_context(shown)["figures"]
    assert figure == ("присутні, із 65", "65")
    control = control_of(meeting, now=clock.now(), seq=0)
    assert (control.here, control.membership) == (65, 65)


def meeting_row(meeting: Meeting) -> Any:

    return pages.for_page(Meeting.objects.all()).get(pk=meeting.pk)


# --- Who entered a vote ---------------------------------------------------------------------------


def test_an_own_vote_is_locked_and_its_replacement_is_told(client, bohdan, running, mailoutbox):
    """S1-3: one slip of the secretary changed a deputy's own vote without a trace."""
    by = factories.secretary()
    one, other, *_rest = members(running)
    one.user = bohdan
    one.save()
    roll_call = factories.roll_call(running)
    rollcalls_actions.vote(roll_call, one, by=bohdan, choice="for")
    with refused("rollcall.own_vote"):
        rollcalls_actions.enter_vote(roll_call, one, by=by, choice="against")
    with refused("rollcall.own_vote"):
        rollcalls_actions.take_vote_back(roll_call, one, by=by)
    # Among several it is left as it is.
    rollcalls_actions.enter_votes(roll_call, {one: "against", other: "against"}, by=by)
    assert Vote.objects.get(deputy=one).choice == "for"
    for stray in ({"entered": "secretary"}, {"entered": "close", "choice": "not_voting"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Vote.objects.filter(deputy=one).update(**stray)
    with refused("rollcall.reason_missing"):
        rollcalls_actions.replace_vote(roll_call, one, by=by, choice="against", reason=" ")
    with refused("rollcall.no_own_vote"):
        rollcalls_actions.replace_vote(roll_call, other, by=by, choice="for", reason="Помилка")
    rollcalls_actions.replace_vote(
        roll_call, one, by=by, choice="against", reason="Попросив із трибуни"
    )
    entry = LogEntry.objects.get(kind=_Kind.VOTE_REPLACED)
    assert entry.words == "за → проти. Попросив із трибуни"
    client.force_login(bohdan)
    page = client.get(f"/meetings/{running.pk}/vote/").text
    assert "Секретар замінив ваш голос" in page
    assert "Попросив із трибуни" in page
    assert "За<span" not in page
    rollcalls_actions.publish_roll_call(rollcalls_actions.close_roll_call(roll_call, by=by), by=by)
    entered = {"replaced", "secretary", "close"}
    assert entered == {row["entered_by"] for row in rows_of(client, running)}
    shown = client.get(f"/api/v1/meetings/{running.pk}/roll-calls/").json()["results"]
    assert entered == {vote["entered_by"] for vote in shown[0]["votes"]}
    assert "секретар замість власного голосу депутата – 1" in draft(running)


def rows_of(client: Any, meeting: Meeting) -> list[dict[str, str]]:
    answer = client.get(f"/meetings/{meeting.pk}/roll-calls.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


# --- Claims ---------------------------------------------------------------------------------------


def test_i_am_here_counts_when_somebody_confirms_it(client, bohdan, olena, charlie, running):
    by = factories.secretary()
    one, two, three, *_rest = members(running)
    for deputy, person in ((one, bohdan), (two, olena), (three, charlie)):
        deputy.user = person
        deputy.save()
    with refused("hall.code_expired"):
        claims.claim(running, one, by=bohdan, has_scanned=False)
    with refused("meeting.deputies_only"):
        claims.claim(running, one, by=olena, has_scanned=True)
    with refused("presence.no_video"):
        claims.claim(running, one, by=bohdan, has_scanned=True, by_video=True)
    mine = claims.claim(running, one, by=bohdan, has_scanned=True)
    assert claims.claim(running, one, by=bohdan, has_scanned=True) == mine
    assert attendance_of(running).present == 0, "a claim counts for nothing"
    theirs = claims.claim(running, two, by=olena, has_scanned=True)
    for person in (bohdan, olena, charlie):  # nobody present, nor oneself
        with refused("presence.not_to_confirm"):
            claims.confirm(mine, by=person)
    client.force_login(by)
    assert "Кажуть, що вони тут" in client.get(f"/meetings/{running.pk}/control/").text
    claims.confirm(mine, by=by)
    assert one.pk in attendance_of(running)
    claims.confirm(theirs, by=bohdan)
    assert Presence.objects.get(deputy=two).how == Presence.How.CLAIMED
    with refused("presence.claim_over"):
        claims.confirm(theirs, by=by)
    with refused("presence.here"):
        claims.claim(running, two, by=olena, has_scanned=True)
    last = claims.claim(running, three, by=charlie, has_scanned=True)
    claims.dismiss(last, by=by)
    again = claims.claim(running, three, by=charlie, has_scanned=True)
    assert claims.confirm_all(running, by=by) == 1
    again.refresh_from_db()
    assert again.confirmed_by == by
    assert attendance_of(running).present == 3
    assert PresenceClaim.objects.count() == 4


# --- By videoconference ---------------------------------------------------------------------------


def test_by_videoconference_only_by_an_act_that_stands_everywhere(client, admin, running):
    by = factories.secretary()
    assert running.body is not None
    one, two, *rest = members(running)
    with refused("presence.no_video"):
        presence_actions.come(running, one, by=by, by_video=True)
    act = {"number": "12-5/VIII", "date": date(2026, 3, 12)}
    with refused("meeting.administrators_only"):
        actions_video.allow_video(running.body, by=by, **act)
    with refused("council.act_to_come"):
        actions_video.allow_video(running.body, by=admin, number="1", date=date(2100, 1, 1))
    ground = actions_video.allow_video(running.body, by=admin, **act)
    presence_actions.come(running, one, by=by, by_video=True)
    presence_actions.come_all(running, rest, by=by)
    actions_video.end_video(running.body, by=admin)
    with refused("presence.no_video"):
        presence_actions.come(running, two, by=by, by_video=True)
    with pytest.raises(IntegrityError, match="presence_by_its_ground"), transaction.atomic():
        late = clock.now() + timedelta(hours=1)
        Presence.objects.create(meeting=running, deputy=two, came_at=late, video_ground=ground)
    here = attendance_of(running)
    assert (here.present, here.by_video, here.has_quorum) == (4, 1, True)
    roll_call = decide(running, 3)
    vote = Vote.objects.get(roll_call=roll_call, deputy=one)
    assert vote.video_ground == ground
    said = "акт № 12-5/VIII від 12 березня 2026"
    assert said in client.get(f"/meetings/{running.pk}/roll-calls/{roll_call.pk}/").text
    assert said in draft(running)
    row = next(row for row in rows_of(client, running) if row["deputy_id"] == str(one.pk))
    assert (row["video_act"], row["video_act_date"]) == ("12-5/VIII", "2026-03-12")
    shown = client.get(f"/api/v1/meetings/{running.pk}/roll-calls/").json()["results"][0]
    told = [each["by_video"] for each in shown["votes"] if each["by_video"]]
    assert told == [{"number": "12-5/VIII", "date": "2026-03-12"}]
    with pytest.raises(IntegrityError, match="videoground_kept"), transaction.atomic():
        ground.number = "13"
        ground.save()


# --- Quorum ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("here", "needs", "reason", "code"),
    [
        (3, "majority", "", ""),
        (2, "majority", "", "rollcall.no_quorum"),
        (2, "two_thirds", " ", "rollcall.no_quorum"),
        (2, "majority", "Повернутися до обговорення", ""),
        (2, "procedural", "", ""),
        (0, "procedural", "", ""),
    ],
)
def test_no_vote_opens_without_a_quorum_but_with_a_reason(running, here, needs, reason, code):
    factories.here(running, here)
    running.refresh_from_db()
    asked = {
        "question": "?",
        "needs": needs,
        "no_quorum_reason": reason,
        "seen_item": running.current_item_id,
    }
    by = factories.secretary()
    if code:
        with refused(code):
            rollcalls_actions.open_roll_call(running, by=by, **asked)
        return
    made = rollcalls_actions.open_roll_call(running, by=by, **asked)
    assert made.present_at_opening == here
    assert bool(LogEntry.objects.get(kind=_Kind.ROLL_CALL).words) == (here < 3)
    closed = rollcalls_actions.close_roll_call(made, by=by)
    assert not queries.ShownRollCall.of(closed).result.is_carried


def test_quorum_stands_where_a_vote_is_opened(client, running):
    """S2-1: neither the control, nor the form, nor the display said that there was none."""
    factories.here(running, 2)
    client.force_login(factories.secretary())
    assert "немає кворуму" in client.get(f"/meetings/{running.pk}/control/").text
    form = client.get(f"/meetings/{running.pk}/control/roll-calls/").text
    assert "Відзначено присутніми 2 із 5, потрібно 3" in form
    factories.roll_call(running)
    forget_pages()
    board = client.get(f"/meetings/{running.pk}/display/?board").text
    assert "board-quorum" in board
    assert "кворуму немає" in board


# --- What decided ---------------------------------------------------------------------------------


def test_a_break_does_not_undo_what_was_adopted(running):
    """S1-1: «DECIDED» was the verdict of the last vote, whatever it was about."""
    factories.everybody_is_here(running)
    adopted = decide(running, 4, question="Прийняти рішення в цілому")
    decide(running, 1, question="Оголосити перерву", needs="procedural")
    factories.on_item(running, 2)
    decide(running, 1, question="Виділити кошти")
    decide(running, 5, question="Направити на доопрацювання", needs="procedural")
    close(running)
    text = draft(running)
    assert "«Прийняти рішення в цілому». Рішення прийнято." in text
    assert "«Виділити кошти». Рішення не прийнято." in text
    assert codes(running) == ["decision_unconfirmed"] * 2
    by = factories.secretary()
    first = running.items.get(order=1)
    procedural = RollCall.objects.get(question="Оголосити перерву")
    for wrong in (procedural, RollCall.objects.get(question="Виділити кошти")):
        with refused("rollcall.decides_nothing"):
            actions_decisions.confirm_decision(first, wrong, by=by)
        with pytest.raises(IntegrityError, match="item_decided_by"), transaction.atomic():
            Item.objects.filter(pk=first.pk).update(
                decided_by=wrong, decision_confirmed_at=clock.now()
            )
    assert len(actions_decisions.confirm_shown_decisions(running, by=by)) == 2
    first.refresh_from_db()
    assert first.decided_by == adopted
    assert codes(running) == []
    actions_decisions.confirm_decision(first, None, by=by)
    assert "«Прийняти рішення в цілому». Рішення прийнято." not in draft(running)
    assert codes(running) == []


def test_an_annulled_vote_is_published_and_counts_for_nothing(client, running):
    """S2-6: a vote closed after one voter stood as «not adopted» for ever."""
    by = factories.secretary()
    factories.everybody_is_here(running)
    slip = decide(running, 1, question="Прийняти", published=False)
    item = running.items.get(order=1)
    actions_decisions.confirm_decision(item, slip, by=by)
    with refused("rollcall.reason_missing"):
        actions_decisions.annul_roll_call(slip, by=by, reason=" ")
    actions_decisions.annul_roll_call(slip, by=by, reason="Закрито помилково")
    item.refresh_from_db()
    assert (item.decided_by, item.decision_confirmed_at) == (None, None)
    with refused("rollcall.annulled"):
        actions_decisions.annul_roll_call(slip, by=by, reason="Ще раз")
    with refused("rollcall.decides_nothing"):
        actions_decisions.confirm_decision(item, slip, by=by)
    other = factories.on_item(running, 2)
    with refused("rollcall.not_to_repeat"):
        factories.roll_call(running, repeats=slip)
    assert not other.roll_calls.exists()
    factories.on_item(running)
    again = factories.roll_call(running, question="Прийняти", repeats=slip)
    for deputy in members(running):
        rollcalls_actions.enter_vote(again, deputy, by=by, choice="for")
    again = rollcalls_actions.publish_roll_call(
        rollcalls_actions.close_roll_call(again, by=by), by=by
    )
    annulment = RollCallAnnulment.objects.get()
    assert annulment.repeated_by == again
    for stray in ({"reason": "Інша"}, {"repeated_by": None}):
        with pytest.raises(IntegrityError, match="annulment_kept"), transaction.atomic():
            RollCallAnnulment.objects.update(**stray)
    with pytest.raises(IntegrityError, match="annulment_kept"), transaction.atomic():
        RollCallAnnulment.objects.all().delete()
    meeting = close(running)
    assert drawn.unpublished_in(meeting) == 0, "it does not hold up the minutes"
    rollcalls_actions.publish_roll_call(slip, by=by)
    for page in (f"/meetings/{meeting.pk}/roll-calls/{slip.pk}/", f"/meetings/{meeting.pk}/"):
        forget_pages()
        said = words(client.get(page))
        assert "Голосування анульовано" in said
        assert "Закрито помилково" in said
    rows = {row["roll_call_id"]: row for row in rows_of(client, meeting)}
    row = rows[str(slip.pk)]
    assert (row["annulled"], row["carried"], row["repeated_by"]) == ("true", "false", str(again.pk))
    shown = client.get(f"/api/v1/meetings/{meeting.pk}/roll-calls/").json()["results"]
    assert shown[0]["annulment"]["repeated_by"] == again.pk
    text = draft(meeting)
    assert "Анульовано:" in text
    assert "«Прийняти». Рішення прийнято." in text
    actions_decisions.confirm_shown_decisions(meeting, by=by)
    minutes.save(meeting, by=by, section="head", texts={"chair": "Бондар О. І."})
    minutes.publish(meeting, by=by, knowing=True)
    with refused("rollcall.in_minutes"):
        actions_decisions.annul_roll_call(again, by=by, reason="Запізно")


# --- Minutes --------------------------------------------------------------------------------------


def test_an_absent_chair_is_not_named(running):
    """B2: «Presides: Savytska», and ten lines on «Absent: Savytska»."""
    by = factories.secretary()
    chair, *others = members(running)
    presence_actions.come_all(running, others, by=by)
    decide(running, 4)
    meeting = close(running)
    actions_decisions.confirm_shown_decisions(meeting, by=by)
    minutes.begin(meeting, by=by)
    with refused("minutes.chair_missing"):
        minutes.publish(meeting, by=by)
    minutes.save(meeting, by=by, section="head", texts={"chair": chair.name})
    assert codes(meeting) == ["chair_absent"]
    with refused("minutes.contradictions"):
        minutes.publish(meeting, by=by)
    minutes.save(meeting, by=by, section="head", texts={"chair": others[0].name})
    assert codes(meeting) == []
    assert minutes.publish(meeting, by=by).number == 1


def test_an_item_without_a_decision_and_votes_of_old_are_told(running):
    """What was voted before 0.6 may lie outside the presence: PostgreSQL keeps it, the list says
    so."""
    by = factories.secretary()
    factories.everybody_is_here(running)
    decide(running, 3)
    meeting = close(running)
    found = gathered(meeting)
    one = next(iter(found.presences))
    without = {deputy: spans for deputy, spans in found.presences.items() if deputy != one}

    told = contradictions_of(replace(found, presences=without), unpublished=1)
    assert [each.code for each in told] == [
        "result_unpublished",
        "vote_outside_presence",
        "decision_unconfirmed",
    ]
    assert one.name in told[1].words
    actions_decisions.confirm_decision(meeting.items.get(order=1), None, by=by)
    assert codes(meeting) == []


def test_published_minutes_that_were_wrong_are_named(client, running, capsys):
    """S1-1 in published minutes: the desk asks for another edition, and a command names them."""
    by = factories.secretary()
    factories.everybody_is_here(running)
    decide(running, 4, question="Прийняти в цілому")
    decide(running, 1, question="Перерва", needs="procedural")
    meeting = close(running)
    minutes.save(meeting, by=by, section="head", texts={"chair": "Бондар О. І."})
    stored = Minutes.objects.get(meeting=meeting)
    edition, _parts = minutes.compose_edition(meeting, stored, by=by, at=clock.now())
    # As it was drawn before 0.6.
    for block in edition.content:
        if block.get("paragraph", [None])[0] == ["strong", "ВИРІШИЛИ:"]:
            block["paragraph"][1] = " Рішення не прийнято."
    edition.sha256 = "0" * 64
    edition.save()
    meeting.minutes_edition, meeting.minutes_published_at = 1, clock.now()
    meeting.save()
    call_command("check_minutes")
    said = capsys.readouterr().out
    assert f"meeting {meeting.pk}, edition 1, item 1: the minutes say not adopted" in said
    client.force_login(by)
    page = words(client.get(f"/desk/meetings/{meeting.pk}/minutes/"))
    assert "Редакція 1" in page
    assert "інше, ніж голосування" in page
    actions_decisions.confirm_shown_decisions(meeting, by=by)
    minutes.publish(meeting, by=by, reason="Виправлено помилку в рішенні")
    call_command("check_minutes")
    assert "none is wrong" in capsys.readouterr().out
