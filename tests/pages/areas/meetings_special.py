"""Special votes of meetings: secret ballots on paper."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from consultations.models import Consultation
from meetings.amendments import actions as amendments
from meetings.amendments.queries import version_of
from meetings.conflicts import actions as conflicts
from meetings.models import Conflict, Deputy, Item, Meeting, PaperBallot, State
from meetings.paper_ballots import actions as ballots
from meetings.paper_ballots.arithmetic import Figures
from meetings.rollcalls import actions
from meetings.stopped import actions as stopped
from tests import factories as people
from tests.meetings import factories
from tests.pages.areas.meetings_desk import TITLE
from tests.pages.page_checks import PageCheck, PageChecks, of
from tests.pages.page_walk import PageWalk
from tests.pages.steps import send

PDF = b"%PDF-1.7\n%%EOF\n"


def _session() -> Meeting:
    made = factories.meeting(State.RUNNING, title=TITLE)
    if not made.presences.exists():
        factories.everybody_is_here(made)
    factories.on_item(made)
    made.refresh_from_db()
    return made


def _ballot(state: str) -> PaperBallot:
    """One in a state: given out, counted by one member, differing, published."""
    meeting, by = _session(), factories.secretary()
    assert meeting.body is not None
    members = factories.deputies(meeting.body)
    for deputy in members[:2]:
        if deputy.user is None:
            deputy.user = people.user(f"counts-{deputy.pk}")
            deputy.save()
    ballot = ballots.open_ballot(
        meeting,
        by=by,
        matter="26-4",
        kind="election",
        question="Обрання секретаря міської ради " * 3,
        options=["Дорош Леся Миколаївна", "Журба Тарас Андрійович"],
        commission=members[:3],
        seen_item=meeting.current_item_id,
    )
    for deputy in members[:4]:
        ballots.mark(ballot, deputy, by=by)
    if state == "given out":
        return ballot
    ballot = ballots.seal(ballot, by=by)
    good, bad = Figures(4, 4, 0, 4, 0, (3, 1)), Figures(4, 4, 0, 3, 1, (2, 1))
    entered = {"counting": [good], "differing": [good, bad], "published": [good, good]}[state]
    for deputy, figures in zip(members, entered, strict=False):
        assert deputy.user is not None
        ballots.enter_protocol(ballot, by=deputy.user, figures=figures)
    if state == "published":
        ballot.refresh_from_db()
        ballot = ballots.add_scan(ballot, by=by, file=BytesIO(PDF))
        ballot = ballots.publish(ballot, by=by)
    return ballot


def _work(town: PageWalk) -> list[PageCheck]:
    made = [_ballot(state) for state in ("given out", "counting", "differing", "published")]
    return [
        *(of("meetings:paper_ballot", each.item.meeting_id, each.pk, who="admin") for each in made),
        of("meetings:detail", made[-1].item.meeting_id),
        of("meetings:detail", made[-1].item.meeting_id, width=360, height=740),
        of("meetings_control:control", made[-1].item.meeting_id, who="admin"),
    ]


def _give_account(deputy: Deputy, town: PageWalk, who: str) -> None:
    """It is the account of this deputy, and of no other any more."""
    Deputy.objects.filter(user=town.people[who]).update(user=None)
    deputy.user = town.people[who]
    deputy.save()


def _of(route: str, state: str, who: str = "admin") -> PageChecks:
    def checks(town: PageWalk) -> list[PageCheck]:
        ballot = _ballot(state)
        if who != "admin":
            _give_account(ballot.commission.order_by("-pk")[0].deputy, town, who)
        address = (ballot.item.meeting_id, ballot.pk)
        return [of(route, *address, who=who, then=step) for step in (None, send)]

    return checks


def _scan(town: PageWalk) -> list[PageCheck]:
    other = _ballot("differing")
    one, two = other.entries.select_related("member__deputy__user")
    assert two.member.deputy.user is not None
    ballots.enter_protocol(other, by=two.member.deputy.user, figures=Figures.of(one))
    address = (other.item.meeting_id, other.pk)
    return [
        of("meetings:paper_ballot_scan", *address, who="admin", then=each) for each in (None, send)
    ]


def _new(town: PageWalk) -> list[PageCheck]:
    pk = _session().pk
    return [
        of("meetings_control:new_paper_ballot", pk, who="admin", then=step) for step in (None, send)
    ]


def _declared() -> Conflict:
    meeting, by = _session(), factories.secretary()
    assert meeting.body is not None
    deputy, words = factories.deputies(meeting.body)[3], "Землю передають моєму братові. " * 10
    return conflicts.declare(meeting.items.get(order=1), deputy, by=by, words=words)


def _declare(town: PageWalk) -> list[PageCheck]:
    meeting = _declared().item.meeting
    assert meeting.body is not None
    _give_account(factories.deputies(meeting.body)[4], town, "charlie")
    route = "meetings:declare_conflict"
    return [
        of(route, meeting.pk, who="charlie", then=step, width=360, height=740)
        for step in (None, send)
    ]


def _amended(*, is_voted: bool = False) -> Item:
    """An item of a session with amendments to its draft, and a text that is composed of one."""
    meeting, by = _session(), factories.secretary()
    of = Consultation.objects.filter(draft__versions__published_at__isnull=False).order_by("pk")[0]
    if is_voted:
        of = people.consultation(of.department, title="Порядок розміщення майданчиків")
    meeting.items.filter(order=1).update(consultation=of)
    item = meeting.items.select_related("meeting__body", "consultation").get(order=1)
    version = version_of(item)
    assert version is not None and meeting.body is not None
    clauses = list(version.clauses.in_order())
    first, last = clauses[-2], clauses[-1]
    words, members = "Майданчик працює до 21:00. " * 9, factories.deputies(meeting.body)
    for clause, kind, text in (
        (first, "replace", words),
        (first, "insert", words),
        (last, "remove", ""),
    ):
        mover = {"deputy": members[0]} if kind == "replace" else {"mover": "Комісія з благоустрою"}
        amendments.propose(item, by=by, clause=clause, kind=kind, text=text, **mover)
    if is_voted:
        for each in item.amendments.exclude(kind="insert").order_by("number"):
            roll_call = amendments.put_to_vote(each, by=by)
            for deputy in members:
                actions.enter_vote(roll_call, deputy, by=by, choice="for")
            actions.close_roll_call(roll_call, by=by)
        amendments.compose(item, by=by)
    return item


def _at_item(route: str, *then: Any, is_voted: bool = False, who: str = "admin") -> PageChecks:
    def checks(town: PageWalk) -> list[PageCheck]:
        item = _amended(is_voted=is_voted)
        address = (item.meeting_id, item.pk)
        return [
            *(of(route, *address, who=who, then=step) for step in (None, *then)),
            of(route, *address, who=who, width=360, height=740),
        ]

    return checks


def _stopped(town: PageWalk) -> list[PageCheck]:
    meeting, by = _session(), factories.secretary()
    assert meeting.body is not None
    for _each in range(2):
        roll_call = factories.roll_call(meeting, question="Надати в оренду ділянку. " * 8)
        for deputy in factories.deputies(meeting.body):
            actions.enter_vote(roll_call, deputy, by=by, choice="for")
        actions.close_roll_call(roll_call, by=by)
    stopped.stop(
        roll_call,
        by=by,
        on=meeting.day,
        head="Яременко Галина Степанівна",
        remarks="Рішення не має джерела фінансування. " * 12,
        file=BytesIO(PDF),
    )
    route = "meetings_control:new_stop"
    return [
        *(of(route, meeting.pk, who="admin", then=step) for step in (None, send)),
        of("meetings:detail", meeting.pk),
        of("meetings_control:control", meeting.pk, who="admin", width=360, height=740),
    ]


PAGES: dict[str, PageChecks] = {
    "meetings_control:new_paper_ballot": _new,
    "meetings:declare_conflict": _declare,
    "meetings:amendments": _at_item("meetings:amendments", who="anon"),
    "meetings:propose_amendment": _at_item("meetings:propose_amendment", send),
    "meetings_control:amendments": _at_item("meetings_control:amendments", is_voted=True),
    "meetings_control:adopted_text": _at_item("meetings_control:adopted_text", is_voted=True),
    "meetings_control:new_stop": _stopped,
    "meetings_control:new_conflict": lambda town: [
        of("meetings_control:new_conflict", _declared().item.meeting_id, who="admin", then=step)
        for step in (None, send)
    ],
    "meetings_control:withdraw_conflict": lambda town: [
        of(
            "meetings_control:withdraw_conflict",
            each.item.meeting_id,
            each.pk,
            who="admin",
            then=step,
        )
        for each in [_declared()]
        for step in (None, send)
    ],
    "meetings:paper_ballot": _work,
    "meetings:paper_ballot_protocol": _of("meetings:paper_ballot_protocol", "counting", "charlie"),
    "meetings:paper_ballot_cancel": _of("meetings:paper_ballot_cancel", "given out"),
    "meetings:paper_ballot_scan": _scan,
}
#: Routes that show no page, and why.
NO_PAGE: dict[str, str] = {
    **dict.fromkeys(("api:paper_ballots", "api:amendments", "api:conflicts", "api:stops"), "JSON"),
    "meetings:paper_ballots_csv": "CSV",
    "meetings:paper_ballots_json": "JSON",
    **dict.fromkeys(
        (
            *("meetings_control:pause", "meetings_control:resume", "meetings_control:undo"),
            "meetings_control:reopen",
        ),
        "POST",
    ),
    "meetings_control:amendment_step": "takes a button’s post and leads back to its page",
    "meetings_control:compose": "POST",
    "meetings_control:vote_again": "POST",
    "meetings:paper_ballot_step": "takes a button’s post and leads back to its page",
    "meetings:paper_ballot_receipt": "takes a button’s post and leads back to its page",
}
