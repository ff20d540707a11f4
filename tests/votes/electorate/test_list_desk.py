"""The list of who may vote at the desk: read, checked, put down; codes and sheets of paper."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.paper.codes import DIGITS_ALONE, is_code
from core.domain.rules import Refused
from core.models import AuditEntry
from tests import factories as house
from tests.accounts.paper.test_letters import text_of
from tests.votes import factories
from votes.ballots import actions as cast_actions
from votes.electorate import actions as electorate_actions
from votes.electorate import actions_lists as actions
from votes.electorate import entrance, printing
from votes.electorate.lists import MOST_PEOPLE
from votes.life import actions as life_actions
from votes.models import Invitation, PaperBallot, Poll, State, VoterRecord
from votes.paper import actions as paper_actions

pytestmark = pytest.mark.django_db

PEOPLE = [("Олена Коваль", "olena@viche.example"), ("Богдан Лис", ""), ("Соня Гай", "")]


@pytest.fixture
def department():
    return house.department()


@pytest.fixture
def officer(department):
    return house.user("officer", role="officer", department=department)


@pytest.fixture
def draft(officer, department):
    return factories.poll(officer, department, State.DRAFT, people=[])


@pytest.fixture
def listed(officer, department):
    """It has opened, nobody has voted."""
    return electorate_actions.freeze(factories.poll(officer, department, people=PEOPLE))


def pages_of(pdf):
    return len(re.findall(rb"/Type ?/Page\b", pdf))


def desk(poll, more=""):
    return f"/desk/polls/{poll.pk}/list/{more}"


def code_of(refused):
    return refused.value.verdict.code


def names(poll):
    return list(Invitation.objects.filter(poll=poll).order_by("pk").values_list("name", flat=True))


def test_nothing_is_put_down_before_it_was_checked(client, officer, draft):
    client.force_login(officer)
    text = "Олена Коваль;olena@viche.example\nБогдан Лис\nПетро;petro@"
    page = client.post(desk(draft), {"people": text})
    assert page.status_code == 200
    assert not Invitation.objects.exists()
    shown = page.content.decode()
    assert "petro@" in shown
    assert [wrong.number for wrong in page.context["read"].wrong] == [3]
    hidden = re.search(r'name="people" value="([^"]*)"', shown).group(1)
    answer = client.post(desk(draft), {"people": hidden, "confirm": 1})
    assert answer.status_code == 302
    assert names(draft) == ["Олена Коваль", "Богдан Лис"]
    assert AuditEntry.objects.filter(event="ListChanged", actor=officer.pk).count() == 1
    again = client.post(desk(draft), {"people": hidden, "confirm": 1})
    assert again.status_code == 200
    assert [wrong.number for wrong in again.context["read"].wrong] == [1, 2]
    assert len(names(draft)) == 2


def test_a_list_is_read_in_ukrainian_order(client, officer, draft):
    client.force_login(officer)
    people = [(name, "") for name in ("Яна Лис", "Єва Гай", "Ґанна Бут", "Андрій Рак", "Ганна Дуб")]
    actions.invite(draft, people, by=officer)
    order = ["Андрій Рак", "Ганна Дуб", "Ґанна Бут", "Єва Гай", "Яна Лис"]
    assert [line.name for line in client.get(desk(draft)).context["page"]] == order
    file = client.get(desk(draft, "file/")).content.decode("utf-8-sig")
    assert [line.partition(";")[0] for line in file.splitlines()[1:]] == order


def test_a_file_is_read_like_a_paste(client, officer, draft):
    client.force_login(officer)
    file = SimpleUploadedFile("list.csv", "ПІБ;Пошта\nОлена;olena@viche.example".encode("cp1251"))
    page = client.post(desk(draft), {"file": file})
    assert page.context["read"].people == [("Олена", "olena@viche.example")]
    book = SimpleUploadedFile("list.xlsx", b"PK\x03\x04")
    page = client.post(desk(draft), {"file": book})
    assert page.status_code == 422
    assert "file" in page.context["form"].errors
    assert client.post(desk(draft), {}).status_code == 422
    assert client.post(desk(draft), {"people": " ;"}).status_code == 422
    assert not Invitation.objects.exists()


def test_what_was_put_down_is_found_taken_off_and_emptied(client, officer, draft):
    client.force_login(officer)
    actions.invite(
        draft, [(f"Особа {n:03}", f"p{n}@viche.example") for n in range(120)], by=officer
    )
    first = client.get(desk(draft))
    assert len(first.context["page"]) == 50
    second = client.get(desk(draft) + first.context["next_url"])
    assert second.context["page"].items[0].name == "Особа 050"
    found = client.get(desk(draft), {"q": "p77@"}).context["page"].items
    assert [line.name for line in found] == ["Особа 077"]
    assert client.post(desk(draft, f"{found[0].pk}/delete/")).status_code == 302
    assert Invitation.objects.count() == 119
    client.post(desk(draft, "empty/"))
    assert not Invitation.objects.exists()


def test_a_page_of_the_list_costs_few_queries(
    client, officer, draft, django_assert_max_num_queries
):
    actions.invite(draft, [(f"Особа {n}", "") for n in range(60)], by=officer)
    client.force_login(officer)
    with django_assert_max_num_queries(16):
        client.get(desk(draft))


def test_it_stays_as_it_was_when_the_poll_was_announced(client, officer, listed):
    client.force_login(officer)
    line = Invitation.objects.first()
    assert client.post(desk(listed), {"people": "Нова", "confirm": 1}).status_code == 403
    assert client.post(desk(listed, f"{line.pk}/delete/")).status_code == 403
    assert client.post(desk(listed, "empty/")).status_code == 403
    assert len(names(listed)) == 3
    for act in (
        lambda: actions.invite(listed, [("Нова", "")], by=officer),
        lambda: actions.uninvite(line, by=officer),
        lambda: actions.uninvite_all(listed, by=officer),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert code_of(refused) == "poll.scheduled"


def test_a_list_is_needed_before_it_is_announced_and_there_alone(officer, department, draft):
    with pytest.raises(Refused) as refused:
        life_actions.schedule(draft, by=officer)
    assert code_of(refused) == "poll.nobody_listed"
    actions.invite(draft, PEOPLE, by=officer)
    life_actions.change(draft, by=officer, fields={"voters": Poll.Voters.ANYONE})
    with pytest.raises(Refused) as refused:
        actions.invite(draft, PEOPLE, by=officer)
    assert code_of(refused) == "poll.not_by_list"
    life_actions.schedule(draft, by=officer)
    assert not Invitation.objects.exists(), "of people who were not asked nothing stays"


def test_a_list_has_an_end(officer, draft):
    with pytest.raises(Refused) as refused:
        actions.invite(draft, (("Особа", "") for _n in range(MOST_PEOPLE + 1)), by=officer)
    assert code_of(refused) == "list.too_many"


def test_it_is_nobody_elses(client, listed, olena, mo, department):
    secretary = house.user("sec", role="secretary", department=department)
    elsewhere = house.user("other", role="officer", department=house.department("Інший", "other"))
    for person, status in ((olena, 404), (mo, 404), (elsewhere, 404), (secretary, 403)):
        client.force_login(person)
        for more in ("", "file/"):
            assert client.get(desk(listed, more)).status_code == status
        for more in ("codes/", "codes/void/", "empty/"):
            assert client.post(desk(listed, more)).status_code == status
    assert not Invitation.objects.exclude(code=None).exists()


def test_the_file_of_it_runs_nothing_and_tells_no_votes(client, officer, draft):
    actions.invite(draft, [("=HYPERLINK(Олена)", "+olena@viche.example")], by=officer)
    client.force_login(officer)
    text = client.get(desk(draft, "file/")).content.decode("utf-8-sig")
    assert "'=HYPERLINK(Олена);'+olena@viche.example" in text


# --- codes on paper -------------------------------------------------------------------------------


def whose(poll, code):
    return entrance.invitation_of(poll, code, ["10.0.0.1"]).name


def test_codes_are_printed_once_for_those_without_an_address(client, officer, listed):
    client.force_login(officer)
    answer = client.post(desk(listed, "codes/"))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    assert pages_of(answer.content) == 2
    with_codes = Invitation.objects.exclude(code=None)
    assert {line.name for line in with_codes} == {"Богдан Лис", "Соня Гай"}
    assert {len(line.code) for line in with_codes} == {32}
    entry = AuditEntry.objects.get(event="CodesPrinted")
    assert entry.actor == officer.pk
    assert set(entry.ids["invitation_ids"]) == {line.pk for line in with_codes}
    assert client.post(desk(listed, "codes/")).status_code == 302, "nobody is left"
    assert pages_of(client.post(desk(listed, "codes/"), {"everybody": 1}).content) == 1
    assert not Invitation.objects.filter(code=None).exists()


def test_a_code_is_long_and_is_kept_as_a_hash_of_this_poll(officer, department, listed):
    given = printing.give_codes(listed, by=officer)
    for line, code in given:
        assert is_code(code, DIGITS_ALONE)
        assert whose(listed, code) == line.name
        digits = code.replace("-", "")
        assert 10 ** (len(digits) - 1) > 2**60
        assert digits.encode() not in bytes(line.code)
        assert not AuditEntry.objects.filter(ids__icontains=code).exists()
    other = electorate_actions.freeze(factories.poll(officer, department, people=PEOPLE))
    with pytest.raises(Refused) as refused:
        whose(other, given[0][1])
    assert code_of(refused) == "vote.wrong_code"


def test_the_letter_says_who_what_where_and_how(client, officer, listed):
    client.force_login(officer)
    pdf = client.post("/en" + desk(listed, "codes/")).content
    assert b"/MarkInfo" in pdf
    assert b"/Lang(uk)" in pdf
    assert b"pdfuaid:part" in pdf
    text = " ".join(text_of(pdf).split())
    assert "Богдан Лис" in text
    assert "Олена" not in text
    assert listed.title in text
    assert f"/polls/{listed.pk}/code/" in text
    codes = re.findall(r"\d{4}(?:-\d{4}){4}", text)
    assert {whose(listed, code) for code in codes} == {"Богдан Лис", "Соня Гай"}


def test_printing_anew_makes_the_old_code_void(client, officer, listed):
    client.force_login(officer)
    (first, old), (_second, other) = printing.give_codes(listed, by=officer)
    assert pages_of(client.post(desk(listed, f"{first.pk}/print/")).content) == 1
    with pytest.raises(Refused) as refused:
        whose(listed, old)
    assert code_of(refused) == "vote.wrong_code"
    ((_line, new),) = printing.give_codes(listed, by=officer, again=first)
    assert whose(listed, new) == first.name
    assert client.post(desk(listed, "codes/void/")).status_code == 302
    for code in (new, other):
        with pytest.raises(Refused):
            whose(listed, code)
    assert AuditEntry.objects.filter(event="CodesVoided", actor=officer.pk).exists()


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (State.DRAFT, "poll.list_not_final"),
        (State.CLOSED, "poll.closed"),
        (State.CANCELLED, "poll.cancelled"),
    ],
)
def test_codes_are_printed_while_they_can_be_of_use(officer, department, state, code):
    poll = factories.poll(officer, department, state, people=PEOPLE)
    for act in (printing.print_codes, actions.void_codes):
        with pytest.raises(Refused) as refused:
            act(poll, by=officer)
        assert code_of(refused) == code


def test_a_file_holds_so_many_and_the_next_one_the_others(officer, department, monkeypatch):
    monkeypatch.setattr(printing, "MOST", 2)
    poll = factories.poll(officer, department, State.SCHEDULED, people=PEOPLE)
    for pages in (2, 1):
        pdf = printing.print_codes(poll, by=officer, everybody=True)
        assert pages_of(pdf) == pages
    with pytest.raises(Refused) as refused:
        printing.print_codes(poll, by=officer, everybody=True)
    assert code_of(refused) == "codes.nobody"


# --- sheets of paper ------------------------------------------------------------------------------


def test_as_many_sheets_are_typed_as_were_handed_out(client, officer, listed):
    client.force_login(officer)
    line = Invitation.objects.get(name="Соня Гай")
    choice = {f"q{factories.first_question(listed).pk}": factories.options(listed)[0]}
    sheets = f"/desk/polls/{listed.pk}/sheets/"
    assert client.get(sheets).status_code == 200
    assert client.post(sheets, choice | {"number": "1"}).status_code == 422
    assert client.post(desk(listed, f"{line.pk}/sheet/")).status_code == 302
    assert VoterRecord.objects.get(invitation=line).on_paper
    with pytest.raises(Refused) as refused:
        cast_actions.cast(listed, invitation=line, choices=factories.choose(listed))
    assert code_of(refused) == "vote.code_used"
    client.post(desk(listed, f"{line.pk}/sheet/"))
    assert VoterRecord.objects.filter(on_paper=True).count() == 1, "not twice"
    assert client.post(sheets, choice | {"number": "1"}).status_code == 302
    assert client.post(sheets, choice | {"number": "2"}).status_code == 422
    assert PaperBallot.objects.count() == 1
    events = AuditEntry.objects.filter(actor=officer.pk).values_list("event", flat=True)
    assert {"SheetHanded", "PaperBallotEntered"} <= set(events)


def test_a_sheet_that_comes_back_empty_gives_the_vote_back(client, officer, listed):
    client.force_login(officer)
    line = Invitation.objects.get(name="Соня Гай")
    with pytest.raises(Refused) as refused:
        paper_actions.take_sheet_back(line, by=officer)
    assert code_of(refused) == "paper.none_handed"
    client.post(desk(listed, f"{line.pk}/sheet/"))
    with pytest.raises(Refused) as refused:
        paper_actions.take_sheet_back(Invitation.objects.get(name="Богдан Лис"), by=officer)
    assert code_of(refused) == "paper.no_sheet"
    client.post(desk(listed, f"{line.pk}/sheet/"), {"back": 1})
    assert cast_actions.cast(listed, invitation=line, choices=factories.choose(listed))
    with pytest.raises(Refused) as refused:
        paper_actions.hand_sheet(line, by=officer)
    assert code_of(refused) == "vote.voted_already"


def test_no_sheets_in_a_secret_poll_or_without_a_list(officer, department):
    secret = factories.poll(officer, department, people=PEOPLE, secrecy=Poll.Secrecy.SECRET)
    with pytest.raises(Refused) as refused:
        paper_actions.hand_sheet(secret.invitations.first(), by=officer)
    assert code_of(refused) == "poll.no_paper_here"
    closed = factories.poll(officer, department, State.CLOSED, people=PEOPLE)
    with pytest.raises(Refused) as refused:
        paper_actions.hand_sheet(closed.invitations.first(), by=officer)
    assert code_of(refused) == "poll.closed"
