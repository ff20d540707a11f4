"""A receipt in the frame that its process keeps is the page that would be drawn whole."""

from __future__ import annotations

import re

import lxml.html
import pytest
from django.test import Client
from django.urls import reverse

from city.council import actions as city
from core.templatetags.components import qr
from tests.votes import factories
from votes.ballots import receipts
from votes.electorate import actions
from votes.models import Poll

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept():
    receipts._frames.clear()
    yield
    receipts._frames.clear()


def cast(person, poll, place=0, path="", slip=""):
    """The page that answers a ballot."""
    client = Client()
    client.force_login(person)
    question = f"q{factories.first_question(poll).pk}"
    slip = slip or (factories.slip(poll, person) if poll.is_secret else "")
    sent = {question: factories.options(poll)[place], "slip": slip, "cast": 1}
    answer = client.post(f"{path}/polls/{poll.pk}/vote/", sent)
    assert answer.status_code == 200
    return answer.content.decode()


def codes_on(page):
    return lxml.html.fromstring(page).get_element_by_id("receipt-code").get("data-words")


def squeezed(page):
    return re.sub(r"\s+", " ", page)


@pytest.mark.parametrize("secrecy", [Poll.Secrecy.NAMELESS, Poll.Secrecy.SECRET])
@pytest.mark.parametrize("path", ["", "/en"])
def test_it_is_the_page_that_is_drawn_whole(officer, department, olena, path, secrecy):
    title = "<receipt/> & «Ще»"
    poll = actions.freeze(factories.poll(officer, department, title=title, secrecy=secrecy))
    slip = factories.slip(poll, olena)
    kept = squeezed(cast(olena, poll, path=path, slip=slip))
    assert len(receipts._frames) == 1
    client = Client()
    client.force_login(olena)
    question = f"q{factories.first_question(poll).pk}"
    sent = {question: factories.options(poll)[0], "slip": slip, "cast": 1}
    asked = client.post(f"{path}/polls/{poll.pk}/vote/?a=b", sent).content.decode()
    assert squeezed(asked).replace("?a=b", "") == kept
    assert len(receipts._frames) == 1, "with a query the page is drawn whole"


def test_nothing_of_one_person_is_on_the_page_of_the_next(officer, department, olena, bohdan):
    poll = actions.freeze(factories.poll(officer, department, secrecy=Poll.Secrecy.SECRET))
    hers, his = (cast(person, poll, place) for place, person in enumerate((olena, bohdan)))
    codes = [codes_on(page) for page in (hers, his)]
    first, second = (re.sub(r"<svg[^>]* class=\"qr\".*?</svg>", "", page) for page in (hers, his))
    for mine, theirs in zip(*map(receipts.groups_of, codes), strict=True):
        first = first.replace(mine, theirs)
    assert first == second
    assert codes[0] not in his


def test_the_code_is_read_by_four_and_drawn_as_it_is(officer, department, olena):
    poll = actions.freeze(factories.poll(officer, department, secrecy=Poll.Secrecy.SECRET))
    page = cast(olena, poll)
    code = codes_on(page)
    shown = lxml.html.fromstring(page).get_element_by_id("receipt-code")
    assert shown.text_content().split() == receipts.groups_of(code)
    assert {len(group) for group in receipts.groups_of(code)} == {4}
    assert str(qr(code.upper(), "Код із квитанції у вигляді QR-коду", 0)) in page
    # It stands in no address: nothing that the page leads to or fetches holds it.
    assert not re.search(rf"(href|src|action)=\"[^\"]*{code[:8]}", page)


def assets_of(page):
    return set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))


def test_it_asks_for_nothing_that_the_ballot_did_not_ask_for(officer, department, olena):
    """A file that a receipt alone needs would be asked for, and noted down by some proxy, in the
    second in which the ballot is cast."""
    poll = actions.freeze(factories.poll(officer, department, secrecy=Poll.Secrecy.SECRET))
    client = Client()
    client.force_login(olena)
    form = client.get(f"/polls/{poll.pk}/vote/").text
    assert assets_of(cast(olena, poll)) <= assets_of(form)


def test_staff_keep_their_desk_and_nobody_else_gets_it(officer, department, olena):
    poll = actions.freeze(factories.poll(officer, department))
    assert 'href="/desk/"' not in cast(olena, poll)
    assert 'href="/desk/"' in cast(officer, poll)
    assert 'href="/desk/"' not in cast(olena, poll)


def test_by_a_code_there_is_no_account_around_it(client, officer, department):
    poll = actions.freeze(factories.poll(officer, department, people=[("Соня Гай", "")]))
    (code,) = factories.codes_of(poll).values()
    question = f"q{factories.first_question(poll).pk}"
    sent = {question: factories.options(poll)[0], "paper_code": code, "cast": 1}
    page = client.post(f"/polls/{poll.pk}/code/", sent).content.decode()
    assert "/account/logout/" not in page
    assert "/account/login/" in page


def test_another_telephone_and_colour_of_the_council_are_around_it_at_once(
    officer, department, olena, bohdan
):
    poll = actions.freeze(factories.poll(officer, department, secrecy=Poll.Secrecy.SECRET))
    assert "(000) 111-22-33" not in cast(olena, poll)
    city.change_council({"phone": "(000) 111-22-33"}, by=None)
    version = city.set_colours("#0b4f8a", "#072f54", by=None).colours_version
    page = cast(bohdan, poll, 1)
    assert "(000) 111-22-33" in page
    assert reverse("council-colours", args=[version]) in page
