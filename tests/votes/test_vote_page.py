"""Voting by the pages, as a browser without a script does."""

import re
from uuid import UUID

import pytest
from django.core.exceptions import NON_FIELD_ERRORS
from lxml import html

from core.templatetags.times import closing
from core.web.pages import forget_pages
from tests import factories as house
from tests.votes import factories
from votes.ballots import actions, codes
from votes.life import actions as life_actions
from votes.models import OpenBallot, Poll, State, VoterRecord, voter_records
from votes.results import showing

pytestmark = pytest.mark.django_db


@pytest.fixture
def department():
    return house.department()


@pytest.fixture
def officer(department):
    return house.user("officer", role="officer", department=department)


def fields(poll):
    """What a person fills in: one answer of each kind."""
    filled = {}
    for question in poll.questions.all():
        name, pks = f"q{question.pk}", [option.pk for option in question.options.all()]
        by_kind = {
            "single": {name: pks[0] if pks else ""},
            "multiple": {name: pks[:2]},
            "yes_no": {name: "yes"},
            "ranked": {f"{name}-{pk}": place for place, pk in enumerate(reversed(pks), 1)},
            "score": {f"{name}-{pk}": 5 for pk in pks[:1]},
            "points": {f"{name}-{pks[0]}": 7, f"{name}-{pks[1]}": 3} if pks else {},
            "text": {name: "Дякую!"},
        }
        filled |= by_kind[question.kind]
    return filled


def filled_in(page):
    """What the controls of the questions on a page hold, as a browser sends it."""
    form, filled = page.context["form"], {}
    for name in form.fields:
        value = form[name].value()
        if name.startswith("q") and value not in (None, "", False, []):
            filled[name] = value
    return filled


def test_every_kind_of_question_checked_and_cast(client, officer, department, olena):
    poll = factories.poll(officer, department, questions=factories.ALL_KINDS)
    client.force_login(olena)
    address = f"/polls/{poll.pk}/vote/"
    assert client.get(address).status_code == 200
    page = client.post(address, fields(poll) | {"check": 1})
    assert not OpenBallot.objects.exists()
    hidden = re.findall(r'type="hidden" name="(q[^"]+)" value="([^"]*)"', page.content.decode())
    sent = {}
    for name, value in hidden:
        sent.setdefault(name, []).append(value)
    receipt = client.post(address, sent | {"cast": 1})
    assert receipt.status_code == 200
    ballot = OpenBallot.objects.get()
    answers = {question.kind: ballot.choices[str(question.pk)] for question in poll.questions.all()}
    order = [option.pk for option in poll.questions.get(kind="ranked").options.all()]
    assert answers["ranked"] == order[::-1]
    assert list(answers["points"].values()) == [7, 3]
    assert answers["text"] == "Дякую!"
    again = client.post(address, sent | {"change": 1})
    assert again.context["form"].data["q" + str(poll.questions.first().pk)]


def test_a_ballot_that_is_changed_starts_from_what_was_cast(client, officer, department, olena):
    poll = factories.poll(officer, department, questions=factories.ALL_KINDS)
    client.force_login(olena)
    address = f"/polls/{poll.pk}/vote/"
    assert not filled_in(client.get(address))
    client.post(address, fields(poll) | {"cast": 1})
    before = OpenBallot.objects.get().choices
    client.post(address, filled_in(client.get(address)) | {"cast": 1})
    assert OpenBallot.objects.get().choices == before
    assert len(before) == len(factories.ALL_KINDS)


def test_none_of_these_is_still_ticked_when_the_ballot_is_changed(
    client, officer, department, olena
):
    asked = [
        factories.RANKED | {"kind": kind, "method": method, "none_of_these": True}
        for kind, method in (("single", ""), ("multiple", ""), ("ranked", "schulze"))
    ]
    poll = factories.poll(officer, department, questions=asked)
    client.force_login(olena)
    none = {str(question.pk): "none" for question in poll.questions.all()}
    actions.cast(poll, by=olena, choices=none)
    address = f"/polls/{poll.pk}/vote/"
    client.post(address, filled_in(client.get(address)) | {"cast": 1})
    assert OpenBallot.objects.get().choices == none


def test_of_several_organisations_no_ballot_is_filled_in_for_another(
    client, officer, department, firm
):
    poll = factories.poll(officer, department, voters=Poll.Voters.ORGANISATIONS)
    first, _ = (house.organisation(name, firm) for name in ("ТОВ «Тераса»", "ТОВ «Явір»"))
    actions.cast(poll, by=firm, choices=factories.choose(poll), organisation_id=first.pk)
    client.force_login(firm)
    assert not filled_in(client.get(f"/polls/{poll.pk}/vote/"))


def test_what_is_wrong_is_said_at_its_question_and_nothing_is_lost(
    client, officer, department, olena
):
    poll = factories.poll(officer, department, questions=factories.ALL_KINDS)
    client.force_login(olena)
    ranked = poll.questions.get(kind="ranked")
    filled = fields(poll)
    for option in ranked.options.all():
        filled[f"q{ranked.pk}-{option.pk}"] = 1
    page = client.post(f"/polls/{poll.pk}/vote/", filled | {"check": 1})
    assert page.status_code == 422
    assert set(page.context["form"].wrong) == {ranked.pk}
    assert "Дякую!" in page.content.decode()
    single = poll.questions.get(kind="single")
    page = client.post(f"/polls/{poll.pk}/vote/", fields(poll) | {f"q{single.pk}": "", "cast": 1})
    assert page.status_code == 422
    assert set(page.context["form"].wrong) == {single.pk}
    assert not OpenBallot.objects.exists()


@pytest.mark.parametrize("step", ["check", "cast"])
@pytest.mark.parametrize("secrecy", [Poll.Secrecy.NAMELESS, Poll.Secrecy.SECRET])
def test_all_that_is_wrong_is_told_at_once_with_a_link_to_each_question(
    client, officer, department, olena, step, secrecy
):
    poll = factories.poll(
        officer,
        department,
        questions=[each for each in factories.ALL_KINDS if each["kind"] != "text"],
        secrecy=secrecy,
        random_order=True,
    )
    client.force_login(olena)
    address = f"/polls/{poll.pk}/vote/"
    form = client.get(address).context["form"]
    sent = {name: form[name].initial for name in ("order", "slip") if name in form.fields}
    by_kind = {question.kind: f"q{question.pk}" for question in poll.questions.all()}
    pks = {
        question.kind: [str(option.pk) for option in question.options.all()]
        for question in poll.questions.all()
    }
    sent |= {f"{by_kind['ranked']}-{pk}": "2" for pk in pks["ranked"][:2]}
    sent |= {f"{by_kind['points']}-{pk}": "6" for pk in pks["points"][:2]}
    sent |= {by_kind["multiple"]: pks["multiple"], by_kind["yes_no"]: "no"}
    page = client.post(address, sent | {step: 1})
    assert page.status_code == 422
    shown = page.context["form"]
    assert shown.wrong.keys() == {
        int(name[1:]) for kind, name in by_kind.items() if kind != "yes_no"
    }
    html = page.content.decode()
    summary = html[html.index("data-error-summary") : html.index('class="ballot"')]
    targets = re.findall(r'<a href="#([^"]+)"', summary)
    assert [target.split("_")[1].partition("-")[0] for target in targets] == [
        name for kind, name in by_kind.items() if kind != "yes_no"
    ]
    assert all(f'id="{target}"' in html for target in targets)
    assert not voter_records(poll).used().exists()
    sent.pop("slip", None)  # drawn anew
    assert {name: shown[name].value() for name in sent if name in shown.fields} == {
        name: value if isinstance(value, list) else str(value) for name, value in sent.items()
    }  # nothing is lost


def test_a_ballot_without_a_choice_is_told_so_only_where_nothing_else_is_wrong(
    client, officer, department, olena
):
    optional = [
        factories.RANKED | {"is_required": False},
        factories.YES_NO | {"is_required": False},
    ]
    poll = factories.poll(officer, department, questions=optional)
    client.force_login(olena)
    address = f"/polls/{poll.pk}/vote/"
    empty = client.post(address, {"check": 1}).context["form"]
    assert empty.has_error(NON_FIELD_ERRORS, "ballot.empty")
    twice = {f"q{factories.first_question(poll).pk}-{pk}": 1 for pk in factories.options(poll)}
    wrong = client.post(address, twice | {"check": 1}).context["form"]
    assert not wrong.non_field_errors()
    assert list(wrong.wrong) == [factories.first_question(poll).pk]


def test_a_secret_ballot_gives_a_code_that_is_in_the_published_list(
    client, officer, department, olena
):
    poll = factories.poll(officer, department, secrecy=Poll.Secrecy.SECRET)
    client.force_login(olena)
    address = f"/polls/{poll.pk}/vote/"
    form = client.get(address)
    slip = form.context["form"]["slip"].value()
    review = client.post(address, fields(poll) | {"slip": slip, "check": 1})
    assert review["Cache-Control"] == "private, no-store"
    receipt = client.post(address, fields(poll) | {"slip": slip, "cast": 1})
    (ballot,) = factories.in_boxes(poll)
    code = ballot.code.hex
    assert code in receipt.content.decode()
    assert receipt["Cache-Control"] == "private, no-store"
    assert code not in str(dict(client.session))
    assert client.get(address).status_code == 403
    check = f"/polls/{poll.pk}/check/"
    assert check in receipt.text
    assert f"Голоси приймають до {closing(poll.closes_at)}" in client.get(check).text
    factories.close(poll)
    assert "Перевірити можна буде" in client.get(check).text
    assert client.get(f"/polls/{poll.pk}/codes.txt").status_code == 404
    assert client.get(f"/polls/{poll.pk}/results/").status_code == 404
    life_actions.publish(poll, by=officer)
    published = client.get(f"/polls/{poll.pk}/codes.txt")
    assert published.content == b"".join(codes.lines(poll)) == f"{UUID(code).hex}\n".encode()
    assert poll.result.codes_hash in client.get(f"/polls/{poll.pk}/check/").content.decode()
    results = html.fromstring(client.get(f"/polls/{poll.pk}/results/").text)
    proof = results.get_element_by_id("proof")
    told = [" ".join(each.text_content().split()) for each in proof.iter("dd")]
    assert told == ["1", "1", "1", poll.result.codes_hash]


@pytest.mark.parametrize("secrecy", Poll.Secrecy)
def test_what_secrecy_does_not_protect_from_is_read_before_one_votes(
    client, officer, department, olena, secrecy
):
    poll = factories.poll(officer, department, secrecy=secrecy)
    client.force_login(olena)
    for page in ("", "vote/"):
        told = client.get(f"/polls/{poll.pk}/{page}").text
        assert ('id="secrecy"' in told) is poll.is_secret
        assert ("ключ зберігає сам сервер" in told) is poll.is_secret, "kept by the server"
        assert "Ключі зберігають дві людини" not in told
        assert "ключі знищують" not in told, "what nobody does by itself"
        assert ("сервер знищує сам" in told) is poll.is_secret
    factories.close(poll)
    life_actions.publish(poll, by=officer)
    assert ('id="proof"' in client.get(f"/polls/{poll.pk}/results/").text) is poll.is_secret


def test_a_colleague_is_told_that_the_company_has_voted(client, officer, department, firm, bohdan):
    poll = factories.poll(officer, department, voters=Poll.Voters.ORGANISATIONS)
    company = house.organisation("ТОВ «Тераса»", firm, bohdan)
    address = f"/polls/{poll.pk}/vote/"
    for person, status in ((firm, 200), (bohdan, 422)):
        client.force_login(person)
        sent = fields(poll) | {"organisation": company.pk, "cast": 1}
        assert client.post(address, sent).status_code == status
    assert VoterRecord.objects.get().user == firm


def test_who_may_not_vote_is_told_what_is_missing(client, officer, department, charlie):
    poll = factories.poll(officer, department, voters=Poll.Voters.VERIFIED_RESIDENTS)
    client.force_login(charlie)
    page = client.get(f"/polls/{poll.pk}/vote/")
    assert page.status_code == 403
    assert page.context["verdict"].code == "eligibility.level"


def test_who_speaks_for_an_organisation_but_may_not_vote_for_it_is_told_so(
    client, officer, department, firm
):
    poll = factories.poll(officer, department, voters=Poll.Voters.ORGANISATIONS)
    house.organisation("ТОВ «Тераса»", firm, scopes=("comment",))
    client.force_login(firm)
    page = client.get(f"/polls/{poll.pk}/vote/")
    assert page.status_code == 403
    assert "повноваженням голосувати" in page.content.decode()


def test_the_summary_names_the_question_and_not_its_first_option(
    client, officer, department, olena
):
    poll = factories.poll(officer, department, questions=[factories.RANKED])
    client.force_login(olena)
    same = dict.fromkeys(fields(poll), 1)
    page = client.post(f"/polls/{poll.pk}/vote/", same | {"check": 1})
    assert "У якому порядку? Два варіанти" in page.content.decode()


@pytest.mark.parametrize("state", [state for state in State if state != State.DRAFT])
def test_everybody_reads_what_is_announced(client, officer, department, state):
    poll = factories.poll(officer, department, state, questions=factories.ALL_KINDS)
    assert client.get(f"/polls/{poll.pk}/").status_code == 200
    assert poll.title in client.get("/polls/?state=all").content.decode()
    shown = client.get(f"/polls/{poll.pk}/results/").status_code
    assert shown == (200 if state == State.PUBLISHED else 404)


def test_what_is_shown_while_it_is_open_is_shown_then_alone(client, officer, department):
    """Afterwards sheets of paper may still be typed; and what was called off has no result."""
    poll = factories.poll(officer, department, results_while_open=True)
    other = factories.poll(officer, department, results_while_open=True)
    addresses = [f"/polls/{each.pk}/results/" for each in (poll, other)]
    assert [client.get(address).status_code for address in addresses] == [200, 200]
    life_actions.cancel(poll, by=officer, reason="Питання вже вирішено.")
    factories.close(other)
    forget_pages()
    assert [client.get(address).status_code for address in addresses] == [404, 404]
    assert addresses[1] not in client.get(f"/polls/{other.pk}/").content.decode()


def test_a_draft_is_nobodys_business(client, officer, department):
    poll = factories.poll(officer, department, State.DRAFT)
    assert client.get(f"/polls/{poll.pk}/").status_code == 404
    assert poll.title not in client.get("/polls/?state=all").content.decode()


def test_pages_cost_few_queries(client, officer, department, django_assert_max_num_queries):
    poll = factories.poll(officer, department, State.PUBLISHED, questions=factories.ALL_KINDS)
    with django_assert_max_num_queries(10):
        client.get(f"/polls/{poll.pk}/results/")
    with django_assert_max_num_queries(9):
        client.get(f"/polls/{poll.pk}/")


def test_a_crowd_that_looks_counts_once_a_second(
    client, officer, department, olena, django_assert_max_num_queries, settings
):
    settings.SHARED_PAGE_SECONDS = 0  # the page itself is kept as long
    poll = factories.poll(officer, department, results_while_open=True)
    client.force_login(olena)
    actions.cast(poll, by=olena, choices=factories.choose(poll))
    address = f"/polls/{poll.pk}/results/"
    first = client.get(address)
    actions.cast(poll, by=officer, choices=factories.choose(poll))
    with django_assert_max_num_queries(6):
        again = client.get(address)
    assert first.context["counted"] == again.context["counted"]
    showing._lately.clear()  # a second has passed
    assert client.get(address).context["counted"]["ballots"] == 2


@pytest.mark.parametrize("part", ["", "standing/"])
def test_what_is_asked_comes_before_the_rules(client, officer, department, part):
    poll = factories.poll(officer, department, questions=factories.ALL_KINDS)
    page = client.get(f"/polls/{poll.pk}/{part}").text
    asked = [page.index(question.text) for question in poll.questions.all()]
    assert page.index("Проголосувати") < min(asked)
    assert max(asked) < page.index("Правила цього голосування")


def test_what_sends_a_ballot_is_gone_once_the_poll_is_over(client, officer, department, olena):
    poll = factories.poll(officer, department)
    client.force_login(olena)
    page = client.get(f"/polls/{poll.pk}/vote/").text
    fragment = f"/polls/{poll.pk}/standing/?ballot"
    assert f'data-live-fragment="{fragment}"' in page
    assert 'form="ballot" name="check"' in page
    open_still = client.get(fragment).text
    assert 'form="ballot" name="check"' in open_still
    life_actions.cancel(poll, by=officer, reason="Зал замалий.")
    over = client.get(fragment).text
    assert "Зал замалий." in over
    assert "<button" not in over


def test_before_it_opens_the_page_says_when(client, officer, department, olena):
    poll = factories.poll(officer, department, state=State.SCHEDULED)
    client.force_login(olena)
    answer = client.get(f"{poll.get_absolute_url()}vote/")
    assert answer.status_code == 403
    assert "Початок:" in answer.text
    assert answer.text.count("<time") == 1
