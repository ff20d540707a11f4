"""What is not public cannot be read, nor guessed by filters, orders and searches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, quote_plus

import pytest

from consultations.models import Remark
from consultations.register.numbering import number_remarks
from consultations.remarks import actions
from core.web.pages import forget_pages
from discussions import actions as discussion
from discussions.models import HELD, Comment
from tests.access.routes import addresses
from tests.attack.rotation import languages_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
OUTSIDERS = ["anon", "bohdan", "stranger"]
#: Where officers of any department check who somebody is, and leave a line in her journal.
CHECKING = ("/desk/organisations/", "/desk/people/")
#: An officer's own deadlines, for whoever has the secret of their link; outsiders have none.
OF_OFFICERS = "portal:deadline_calendar"
#: Words of tests.attack.conftest.city that nobody but a moderator, or nobody at all, may read.
SECRETS = (
    *("барвінок", "чорногуз", "дикобраз", "нутрія", "бобер", "видра", "таємна примітка"),
    "тхір",  # contests a hiding
    "мурахоїд",  # waits until a moderator has read it
    "канарк",  # waits for an organisation to be confirmed
    *("кажан", "Кажан", "kazhan"),  # private appeals, who wrote them, and drafts of answers
)


@dataclass(frozen=True)
class Answer:
    """What somebody was answered at an address."""

    address: str
    body: str


@pytest.fixture(scope="module")
def kept() -> dict[str, list[Answer]]:
    """Answers about the city as it was built, by who reads them."""
    return {}


@pytest.fixture
def pages(city, request) -> set[str]:
    """Every address that reads, with each consultation's id, some of them in both languages."""
    found = set()
    for name, address in addresses(city).items():
        for consultation in city.by_state.values() if name != OF_OFFICERS else ():
            found.add(address.replace(f"/{city.opened.pk}/", f"/{consultation.pk}/", 1))
    page = city.opened.get_absolute_url()
    found |= {f"{page}?sort={sort}" for sort in ("newest", "supported", "disputed", "unanswered")}
    return {
        f"{prefix}{address}"
        for address in found
        for prefix in languages_of(request.config, address)
    }


@pytest.fixture
def read(city, pages, enter, kept):
    """``read("anon")``: every answer about the city as it was built; asked for once."""

    def answers_to(reader: str) -> list[Answer]:
        if reader not in kept:
            kept[reader] = list(_answers(enter(reader), pages))
        return kept[reader]

    return answers_to


def _answers(client, pages) -> Iterator[Answer]:
    for address in sorted(pages):
        body = b"".join(client.get(address)).decode(errors="replace")
        yield Answer(address, body)


@pytest.mark.more_at_night
@pytest.mark.parametrize("reader", OUTSIDERS)
def test_no_page_says_what_is_hidden_or_prepared(city, read, reader):
    secrets = [*SECRETS, city.preparing.title]
    if reader == "bohdan":
        secrets.remove("дикобраз")  # his own words, on his own page, with the reason
        secrets.remove("канарк")  # what he sent, on the remark's own address
    for answer in read(reader):
        found = {secret for secret in secrets if secret in answer.body}
        is_of_appeals = "/desk/appeals/" in answer.address or answer.address.endswith("/desk/")
        if reader == "stranger" and is_of_appeals:
            found -= {"кажан", "Кажан", "kazhan"}  # their department registers appeals
        assert not found, answer.address


@pytest.mark.long
@pytest.mark.cpu(15)
@pytest.mark.in_turn("reader", ["mo", "admin"])
def test_staff_reads_no_word_of_what_waits_for_an_organisation(city, read, reader):
    """That it waits, the office is told; neither moderators nor administrators read it."""
    for answer in read(reader):
        assert "канарк" not in answer.body, answer.address


@pytest.mark.parametrize("reader", OUTSIDERS)
def test_the_page_of_a_hidden_remark_gives_the_reason_alone(city, enter, reader):
    response = enter(reader).get(city.hidden.get_absolute_url())
    assert response.status_code == 404
    assert "реклама або повтори" in response.text
    assert enter(reader).get(city.deleted.get_absolute_url()).text.count("реклама") == 0


@pytest.mark.parametrize("reader", OUTSIDERS)
@pytest.mark.parametrize("secret", ["барвінок", "чорногуз", "дикобраз", "канарка", "preparing"])
def test_a_search_for_a_secret_is_as_a_search_for_nothing(city, enter, reader, secret):
    """Else its letters could be guessed one after another."""
    client, nothing = enter(reader), "щщщщщщ"
    for kind in ("", "consultations", "clauses", "remarks"):
        pages = []
        for words in (secret, nothing):
            forget_pages()
            page = client.get(f"/search/?q={quote(words)}&kind={kind}").text
            pages.append(page)
        assert _without(pages[0], secret) == _without(pages[1], nothing)
    listed = client.get(f"/api/v1/consultations/?q={secret}").json()
    assert listed["results"] == []


def _without(page: str, words: str) -> str:
    for written in (words, quote(words), quote_plus(words)):
        page = page.replace(written, "")
    return page.partition("csrf")[0]


def test_a_hidden_remark_stands_where_its_votes_do_not_tell(city, client, olena, mo):
    """The API tells nothing of it but the reason and its number in the register, which would
    else be missing there; filters find it by nothing else."""
    number_remarks()
    address = f"/api/v1/consultations/{city.opened.pk}/remarks/"
    shown = [r for r in client.get(address).json()["results"] if r["id"] == city.hidden.pk]
    assert [{k: v for k, v in r.items() if v not in (None, [])} for r in shown] == [
        {
            "id": city.hidden.pk,
            "number": Remark.objects.get(pk=city.hidden.pk).number,
            "hidden": shown[0]["hidden"],
        }
    ]
    for query in ("author=olena", "q=x", "text=x", "author__email__startswith=o", "hidden=1"):
        assert client.get(f"{address}?{query}").status_code == 400, query
    detail = client.get(f"{address}{city.hidden.pk}/")
    assert detail.status_code == 404
    assert client.get(f"{address}{city.deleted.pk}/").status_code == 404
    assert client.get(f"{address}{city.reply.pk}/").status_code == 404


def test_old_words_are_hidden_with_the_new_ones(city, enter, olena, mo):
    made = actions.remark(city.opened, by=olena, text="першотекст")
    actions.change_remark(made, by=olena, text="іншотекст")
    assert "першотекст" in enter("anon").get(made.get_absolute_url()).text
    discussion.hide(made.comment, by=mo, reason="personal", note="Порушує правила")
    for reader in OUTSIDERS:
        response = enter(reader).get(made.get_absolute_url())
        assert response.status_code == 404
        assert "текст" not in response.text
    assert "першотекст" not in enter("bohdan").get("/account/me/").text


@pytest.mark.in_turn("reader", ["anon", "olena", "stranger"])
def test_answers_to_what_is_hidden_go_with_it(city, enter, mo, pages, reader):
    discussion.hide(city.shown.comment, by=mo, reason="spam", note="Порушує правила")
    for answer in _answers(enter(reader), pages):
        assert "видима відповідь" not in answer.body, answer.address
        own = reader == "olena" and answer.address.endswith("/account/me/")
        assert own or "офіційна відповідь" not in answer.body, answer.address
    report = f"/comments/{city.reply.pk}/report/"
    assert enter("olena").get(report).status_code == 404


def test_what_is_mine_is_mine_alone(city, enter):
    mine = enter("olena").get(f"/consultations/{city.opened.pk}/mine/").json()
    held = Comment.objects.filter(author=city.people["olena"], hidden_reason=HELD)
    own = {city.shown.pk, city.hidden.pk, *held.values_list("pk", flat=True)}
    assert {int(pk) for pk in mine["own"]} == own
    assert held.count() == 2
    others = enter("stranger").get(f"/consultations/{city.opened.pk}/mine/").json()
    assert others == {"own": {}, "reactions": {}}
    assert enter("olena").get(f"/consultations/{city.preparing.pk}/mine/").status_code == 404


@pytest.mark.more_at_night
def test_nothing_personal_is_in_any_public_answer(read, olena, bohdan, ofi, mo):
    people = (olena, bohdan, ofi, mo)
    secrets = [person.email for person in people] + [bohdan.family_name]
    for reader in ("anon", "stranger"):
        for answer in read(reader):
            if reader == "stranger" and any(desk in answer.address for desk in CHECKING):
                continue
            assert not [secret for secret in secrets if secret in answer.body], answer.address
