"""Secret votes on paper (280/97-ВР art. 59(3)): which matters, who counts, figures, secrecy."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.db import IntegrityError, connection, transaction
from lxml import html

from accounts.models import User
from core.models import AuditEntry
from meetings.deputies import actions_video
from meetings.displays.boards import display_context
from meetings.hall import claims
from meetings.minutes import content
from meetings.minutes.parts import Parts
from meetings.minutes.queries import gather, minutes_of
from meetings.models import (
    BallotReceipt,
    Deputy,
    LogEntry,
    Meeting,
    PaperBallot,
    ProtocolEntry,
    SecretMatter,
)
from meetings.pages import for_page
from meetings.paper_ballots import actions, arithmetic, queries
from meetings.paper_ballots.arithmetic import NAMES, Figures
from meetings.presence import actions as presence_actions
from meetings.presenters import ShownMeeting
from tests import factories as people
from tests.meetings import factories
from tests.meetings.factories import refused

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%%EOF\n"
ASKED = {
    "matter": SecretMatter.SECRETARY,
    "kind": "election",
    "question": "Обрання секретаря ради",
    "options": ["Дорош Леся Миколаївна", "Журба Тарас Андрійович"],
}
#: Five ballots: three and one valid, one spoiled.
GOOD = Figures(5, 5, 0, 4, 1, (3, 1))


@pytest.fixture
def session() -> Meeting:
    made = factories.meeting("running")
    factories.everybody_is_here(made)
    factories.on_item(made)
    made.refresh_from_db()
    return made


@pytest.fixture
def deputies(session: Meeting) -> list[Deputy]:
    """The members; three of them with accounts."""
    assert session.body is not None
    found = factories.deputies(session.body)
    for number, deputy in enumerate(found[:3]):
        deputy.user = people.user(f"member{number}")
        deputy.save()
    return found


def account(deputy: Deputy) -> User:
    assert deputy.user is not None
    return deputy.user


def opened(session: Meeting, deputies: list[Deputy], **asked: object) -> PaperBallot:
    said = {**ASKED, "commission": deputies[:3], "seen_item": session.current_item_id, **asked}
    return actions.open_ballot(session, by=factories.secretary(), **said)


def sealed(session: Meeting, deputies: list[Deputy], **asked: object) -> PaperBallot:
    ballot = opened(session, deputies, **asked)
    for deputy in deputies:
        actions.mark(ballot, deputy, by=account(deputies[0]))
    return actions.seal(ballot, by=factories.secretary())


def counted(
    session: Meeting, deputies: list[Deputy], figures: Figures = GOOD, **asked: object
) -> PaperBallot:
    ballot = sealed(session, deputies, **asked)
    for deputy in deputies[:2]:
        actions.enter_protocol(ballot, by=account(deputy), figures=figures)
    ballot.refresh_from_db()
    return ballot


def published(session: Meeting, deputies: list[Deputy], **asked: object) -> PaperBallot:
    ballot, by = counted(session, deputies, **asked), factories.secretary()
    ballot = actions.add_scan(ballot, by=by, file=BytesIO(PDF))
    return actions.publish(ballot, by=by)


def test_the_matters_are_those_of_the_law():
    articles = {matter.value: matter.article for matter in SecretMatter}
    assert articles == {
        "26-4": "280/97-ВР, 59(3), 26(1)(4)",
        "26-16": "280/97-ВР, 59(3), 26(1)(16)",
        "43-1": "280/97-ВР, 59(3), 43(1)(1)",
        "43-29": "280/97-ВР, 59(3), 43(1)(29)",
        "43-31": "280/97-ВР, 59(3), 43(1)(31)",
        "55": "280/97-ВР, 59(3), 55",
        "56": "280/97-ВР, 59(3), 56",
    }


def test_only_matters_of_the_law_are_voted_secretly(session, deputies):
    for asked, code in (
        ({"matter": "budget"}, "paper_ballot.not_secret"),
        ({"question": "  "}, "paper_ballot.question_missing"),
        ({"options": []}, "paper_ballot.options"),
        ({"options": ["Один", "Один"]}, "paper_ballot.options"),
        ({"seen_item": None}, "meeting.moved_on"),
    ):
        with refused(code):
            opened(session, deputies, **asked)


@pytest.mark.with_all
def test_only_the_council_votes_secretly_and_counts_by_three_of_its_own(session, deputies):
    with refused("paper_ballot.commission"):
        opened(session, deputies, commission=deputies[:2])
    committee = factories.meeting("running", kind="committee")
    factories.on_item(committee)
    committee.refresh_from_db()
    with refused("paper_ballot.not_the_council"):
        opened(committee, deputies)
    factories.roll_call(session)
    with refused("paper_ballot.roll_call_open"):
        opened(session, deputies)
    with refused("meeting.runners_only"):
        said = {**ASKED, "commission": deputies[:3], "seen_item": session.current_item_id}
        actions.open_ballot(session, by=account(deputies[0]), **said)


def test_from_the_list_to_the_published_result(session, deputies, client):
    by, (one, two, three, four, five) = factories.secretary(), deputies
    ballot = opened(session, deputies)
    with refused("paper_ballot.another_open"):
        opened(session, deputies)
    for deputy in (one, two, three, four, five, five):
        actions.mark(ballot, deputy, by=account(one))
    presence_actions.leave(session, four, by=by)
    actions.unmark(ballot, four, by=by)
    with refused("paper_ballot.not_here"):
        actions.mark(ballot, four, by=account(one))
    presence_actions.come(session, four, by=by)
    actions.mark(ballot, four, by=by)
    with refused("paper_ballot.not_sealed"):
        actions.enter_protocol(ballot, by=account(one), figures=GOOD)
    ballot = actions.seal(ballot, by=account(two))
    with refused("paper_ballot.sealed"):
        actions.unmark(ballot, five, by=by)

    with refused("paper_ballot.commission_only"):
        actions.enter_protocol(ballot, by=by, figures=GOOD)
    actions.enter_protocol(ballot, by=account(one), figures=Figures(5, 5, 0, 5, 0, (3, 2)))
    actions.enter_protocol(ballot, by=account(two), figures=GOOD)
    ballot.refresh_from_db()
    assert ballot.counted_at is None

    # Both are told the difference; the third of the commission, who entered nothing, is not.
    address = f"/meetings/{session.pk}/paper-ballots/{ballot.pk}/"
    for deputy, is_told in ((one, True), (two, True), (three, False)):
        client.force_login(account(deputy))
        page = client.get(address).content.decode()
        assert ('id="differences"' in page) == is_told
        assert ("5 ≠ 4" in page) == is_told

    with refused("paper_ballot.not_counted"):
        actions.add_scan(ballot, by=by, file=BytesIO(PDF))
    actions.enter_protocol(ballot, by=account(one), figures=GOOD)
    ballot.refresh_from_db()
    assert ballot.counted_at is not None
    with refused("paper_ballot.counted"):
        actions.enter_protocol(ballot, by=account(three), figures=GOOD)
    with refused("paper_ballot.scan_missing"):
        actions.publish(ballot, by=by)
    assert (
        "Дорош Леся Миколаївна</dt>" not in client.get(session.get_absolute_url()).content.decode()
    )
    ballot = actions.add_scan(ballot, by=by, file=BytesIO(PDF))
    ballot = actions.publish(ballot, by=by)
    with refused("paper_ballot.published"):
        actions.publish(ballot, by=by)
    kinds = list(session.log.filter(kind__startswith="ballot").values_list("kind", flat=True))
    assert kinds == ["ballot", "ballot_sealed", "ballot_counted", "ballot_published"]


def test_a_ballot_is_handed_to_who_is_in_the_hall(session, deputies, client, admin):
    """Of presence there is one reading: a claim is none, and nobody is handed paper by video."""
    by, (one, claims_it, remote, *_others) = factories.secretary(), deputies
    act = {"number": "12-5/VIII", "date": date(2026, 3, 12)}
    actions_video.allow_video(session.body, by=admin, **act)
    for deputy in (claims_it, remote):
        presence_actions.leave(session, deputy, by=by)
    presence_actions.come(session, remote, by=by, by_video=True)
    claims.claim(session, claims_it, by=account(claims_it), has_scanned=True)
    ballot = opened(session, deputies)
    # Total and list are fixed as it is opened: the head who comes later is in neither.
    head = factories.head_of_the_city(session.body)
    presence_actions.come(session, head, by=by)
    for deputy, code in (
        (claims_it, "paper_ballot.not_here"),
        (remote, "paper_ballot.by_video"),
        (head, "rollcall.head_left_out"),
    ):
        with refused(code):
            actions.mark(ballot, deputy, by=account(one))
    actions.mark(ballot, one, by=account(one))
    client.force_login(account(one))
    page = html.fromstring(client.get(f"/meetings/{session.pk}/paper-ballots/{ballot.pk}/").text)
    rows = {each.get("id"): each for each in page.xpath("//ul[@id='receipts']/li")}
    assert f"receipt-{head.pk}" not in rows
    assert "у режимі відеоконференції" in rows[f"receipt-{remote.pk}"].text_content()
    for deputy, may in ((one, True), (claims_it, False), (remote, False)):
        assert bool(rows[f"receipt-{deputy.pk}"].xpath(".//button")) == may
    # Present as it is opened, the head is one of the total, once.
    actions.cancel(ballot, by=by, reason="Помилка")
    again = opened(session, deputies)
    assert (again.membership, again.counts_head) == (6, True)
    assert len(queries.list_of(again, session)) == 6
    actions.mark(again, head, by=by)


def test_who_may_not_work_on_it_finds_nothing(session, deputies, client, olena, ofi):
    ballot = opened(session, deputies)
    for user in (olena, ofi):
        client.force_login(user)
        assert client.get(f"/meetings/{session.pk}/paper-ballots/{ballot.pk}/").status_code == 404
    with refused("meeting.runners_only"):
        actions.seal(ballot, by=olena)
    with refused("paper_ballot.nobody"):
        actions.seal(ballot, by=factories.secretary())


def test_figures_that_do_not_add_up_are_refused_by_the_rule_and_by_postgresql(session, deputies):
    ballot = sealed(session, deputies)
    member = ballot.commission.get(deputy=deputies[0])
    for figures, code in (
        (Figures(4, 4, 0, 4, 0, (3, 1)), "paper_ballot.receipts"),
        (Figures(5, 5, 1, 4, 1, (3, 1)), "paper_ballot.issued"),
        (Figures(5, 4, 1, 4, 1, (3, 1)), "paper_ballot.in_box"),
        (Figures(5, 5, 0, 4, 1, (3, 2)), "paper_ballot.votes"),
        (Figures(5, 5, 0, 4, 1, (4,)), "paper_ballot.votes"),
    ):
        with refused(code):
            actions.enter_protocol(ballot, by=account(deputies[0]), figures=figures)
        said = dict(zip(NAMES, _five(figures), strict=True))
        with pytest.raises(IntegrityError), transaction.atomic():
            ProtocolEntry.objects.create(
                ballot=ballot,
                member=member,
                votes=list(figures.votes),
                at=ballot.sealed_at,
                **said,
            )


def _five(figures: Figures) -> tuple[int, ...]:
    return (figures.issued, figures.in_box, figures.not_returned, figures.valid, figures.spoiled)


@pytest.mark.parametrize(
    ("kind", "votes", "is_carried"),
    [
        ("election", (3, 1), True),  # three of the total of five
        ("election", (2, 2), False),
        ("election", (1, 3), True),
        ("decision", (3, 1), True),
        ("decision", (1, 3), False),
        ("decision", (2, 2), False),
    ],
)
def test_the_majority_is_of_the_total_membership(kind, votes, is_carried):
    options = ["for", "against"] if kind == "decision" else ["Один", "Другий"]
    ballot = PaperBallot(kind=kind, options=options, membership=5)
    assert arithmetic.is_carried(ballot, votes) == is_carried


def test_a_ballot_that_chose_nothing_is_repeated_once(session, deputies):
    first = counted(session, deputies, Figures(5, 4, 1, 4, 0, (2, 2)))
    with refused("paper_ballot.not_to_repeat"):
        opened(session, deputies, repeats=first, matter=SecretMatter.HEAD)
    second = published(session, deputies, repeats=first)
    assert second.repeats == first
    with refused("paper_ballot.not_to_repeat"):
        opened(session, deputies, repeats=second)


@pytest.mark.with_all
def test_an_annulled_one_stays_with_its_reason(session, deputies):
    by, ballot = factories.secretary(), sealed(session, deputies)
    with refused("paper_ballot.reason_missing"):
        actions.cancel(ballot, by=by, reason=" ")
    ballot = actions.cancel(ballot, by=by, reason="Порушено таємницю")
    with refused("paper_ballot.cancelled"):
        actions.enter_protocol(ballot, by=account(deputies[0]), figures=GOOD)
    with refused("paper_ballot.cancelled"):
        actions.cancel(ballot, by=by, reason="Ще раз")


def test_two_members_agree_and_then_nothing_changes(session, deputies):
    """The database keeps it, too: nobody counts by a stray query."""
    ballot = sealed(session, deputies)
    entry = actions.enter_protocol(ballot, by=account(deputies[0]), figures=GOOD)
    with pytest.raises(IntegrityError), transaction.atomic():
        PaperBallot.objects.filter(pk=ballot.pk).update(counted_at=entry.at, protocol=entry)
    actions.enter_protocol(ballot, by=account(deputies[1]), figures=GOOD)
    ballot.refresh_from_db()
    with refused("paper_ballot.counted"):
        actions.cancel(ballot, by=factories.secretary(), reason="Пізно")
    for change in (
        lambda: PaperBallot.objects.filter(pk=ballot.pk).update(question="Інше"),
        lambda: ballot.entries.update(valid=3),
        lambda: BallotReceipt.objects.filter(ballot=ballot).delete(),
        lambda: ballot.delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_page_display_minutes_csv_and_api_say_the_same_and_name_nobody(session, deputies, client):
    ballot = published(session, deputies)
    names = [deputy.name for deputy in deputies if deputy.name not in ballot.options]
    page = client.get(session.get_absolute_url()).content.decode()
    part = page.partition('id="meeting-paper-ballots"')[2].partition("</section>")[0]
    assert "Обрано: Дорош Леся Миколаївна" in part
    csv = b"".join(client.get(f"/meetings/{session.pk}/paper-ballots.csv")).decode()
    assert csv.count("\n") == 3 and "Дорош Леся Миколаївна,3,true" in csv
    told = client.get(f"/api/v1/meetings/{session.pk}/paper-ballots/").json()["results"]
    assert [row["votes"] for row in told[0]["options"]] == [3, 1]
    assert (told[0]["needed"], told[0]["is_carried"], told[0]["spoiled"]) == (3, True, 1)
    shown = ShownMeeting.of(for_page(Meeting.objects.all()).get(pk=session.pk))
    board = display_context(shown)
    wall = "\n".join("\n".join(screen.paragraphs) for screen in board["screens"])
    assert "Обрано: Дорош Леся Миколаївна" in wall
    minutes = minutes_of(session, by=factories.secretary())
    sections = content.compose(gather(session, minutes), Parts())
    words = str([block for section in sections[1:-1] for block in section.blocks])
    assert "Обрано: Дорош Леся Миколаївна" in words
    for name in names:
        assert name not in part + csv + str(told) + wall + words


def test_no_row_log_or_audit_entry_joins_a_person_with_a_choice(session, deputies):
    """Of all tables: a row that names a member of the council in this ballot holds no option, and
    one that holds votes names no member but as who entered the sums of all."""
    ballot = published(session, deputies)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, array_agg(column_name::text) FROM information_schema.columns "
            "WHERE table_schema = 'public' AND table_name LIKE 'meetings%%' GROUP BY 1"
        )
        columns = dict(cursor.fetchall())
    about = {"meetings_ballotreceipt", "meetings_commissionmember", "meetings_protocolentry"}
    naming = {name for name in about if {"deputy_id", "user_id", "by_id"} & set(columns[name])}
    assert naming == {"meetings_ballotreceipt", "meetings_commissionmember"}
    assert set(columns["meetings_ballotreceipt"]) == {"id", "ballot_id", "deputy_id"}
    assert set(columns["meetings_commissionmember"]) == {"id", "ballot_id", "deputy_id"}
    assert not {"deputy_id", "user_id", "by_id"} & set(columns["meetings_paperballot"])
    referring = [
        name
        for name, found in columns.items()
        if "ballot_id" in found or "paper_ballot_id" in found
    ]
    assert set(referring) == about

    # What a member's entry says is the same for all who agree: sums, not their own vote.
    entries = list(ballot.entries.values_list("votes", flat=True))
    assert entries == [[3, 1], [3, 1]]
    for entry in LogEntry.objects.filter(meeting=session, kind__startswith="ballot"):
        assert (entry.deputy_id, entry.words) == (None, ballot.question)
    audited = AuditEntry.objects.filter(ids__ballot_id=ballot.pk)
    assert audited.exists()
    for row in audited:
        assert set(row.ids) <= {"meeting_id", "by_id", "ballot_id", "deputy_id"}


@pytest.mark.with_all
def test_pages_of_the_work(session, deputies, client):
    by = factories.secretary()
    client.force_login(by)
    new = f"/meetings/{session.pk}/control/paper-ballots/"
    assert client.get(new).status_code == 200
    asked = {**ASKED, "options": "\n".join(ASKED["options"]), "seen_item": session.current_item_id}
    wrong = client.post(new, {**asked, "commission": [deputies[0].pk]})
    assert wrong.status_code == 422 and "щонайменше троє" in wrong.content.decode()
    sent = client.post(new, {**asked, "commission": [each.pk for each in deputies[:3]]})
    ballot = PaperBallot.objects.get()
    address = f"/meetings/{session.pk}/paper-ballots/{ballot.pk}/"
    assert sent.url == address
    for deputy in deputies:
        client.post(f"{address}receipts/{deputy.pk}/mark/")
    assert ballot.receipts.count() == 5
    client.post(f"{address}seal/")
    assert client.get(f"{address}protocol/").status_code == 403
    figures = {"issued": 5, "in_box": 5, "not_returned": 0, "valid": 4, "spoiled": 1}
    for deputy in deputies[:2]:
        client.force_login(account(deputy))
        wrong = client.post(f"{address}protocol/", {**figures, "votes_0": 3, "votes_1": 2})
        assert wrong.status_code == 422
        client.post(f"{address}protocol/", {**figures, "votes_0": 3, "votes_1": 1})
    client.force_login(by)
    client.post(f"{address}scan/", {"file": BytesIO(PDF)})
    client.post(f"{address}publish/")
    ballot.refresh_from_db()
    assert ballot.published_at is not None
    assert client.get(f"{address}cancel/").status_code == 403
    control = client.get(f"/meetings/{session.pk}/control/").content.decode()
    assert "Обрано: Дорош Леся Миколаївна" in control
