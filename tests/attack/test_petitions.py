"""Petitions before the eyes of those who should not see, with words that would be scripts, and
with fields that no form names."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import reverse

from core.domain import clock
from core.web.pages import forget_pages
from petitions.models import Answer, Ground, News, Petition, Procedure, State, Step
from petitions.rulebook.forms import RulesForm
from tests.access.city import City
from tests.access.routes import names
from tests.attack.test_xss import POISON, assert_harmless
from tests.editing import drawn
from tests.petitions.editing import sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
ROOMS = ("petitions:", "petitions_desk:")
#: What is not published, and the words in it that say so.
KEPT = {
    State.DRAFT: "чорнобривець",
    State.MODERATION: "дивосил",
    State.REFUSED: "бузина",
}
PRIVATE = ("вул. Прихована, 7", "+380000000777")


def _pages(city: City) -> Iterator[str]:
    """Every page about every petition, and about all of them."""
    for name, parameters in names():
        if not name.startswith(ROOMS):
            continue
        if parameters == ():
            yield reverse(name)
        elif parameters == ("pk",) and "ground" not in name:
            yield from (reverse(name, args=[each.pk]) for each in city.petitions.values())


@pytest.fixture
def secretive(city: City) -> City:
    """Each unpublished petition says a word of its own; all authors gave where they live."""
    for state, word in KEPT.items():
        Petition.objects.filter(pk=city.petitions[state].pk).update(
            title=f"Назва {word}",
            text=word,
            reasons=word,
            author_name=word,
            refused_note=word if state == State.REFUSED else "",
        )
    Petition.objects.update(author_address=PRIVATE[0], author_phone=PRIVATE[1])
    News.objects.update(hidden_at=clock.now(), hidden_reason="spam", title="реп’ях", html="реп’ях")
    forget_pages()
    return city


@pytest.mark.parametrize("reader", ["anon", "bohdan", "stranger"])
def test_what_is_not_published_nobody_reads(secretive, enter, reader):
    client = enter(reader)
    words = (*KEPT.values(), *PRIVATE, "реп’ях")
    asked = [f"/petitions/?q={word}&state=all" for word in words]
    asked += [f"/search/?q={word}" for word in words]
    for address in _pages(secretive):
        body = b"".join(client.get(address)).decode(errors="replace")
        assert not [word for word in words if word in body], address
    for address, word in zip(asked, words * 2, strict=True):
        body = client.get(address).text.replace(f'value="{word}"', "")
        assert f"Назва {word}" not in body, address


@pytest.mark.in_turn("reader", ["mo", "ofi", "admin"])
def test_staff_read_no_draft_and_an_authors_address_at_the_desk_alone(secretive, enter, reader):
    client = enter(reader)
    for address in _pages(secretive):
        body = b"".join(client.get(address)).decode(errors="replace")
        assert KEPT[State.DRAFT] not in body, address
        if not address.startswith("/desk/petitions/"):
            assert not [word for word in PRIVATE if word in body], address


@pytest.mark.in_turn("role", ["anon", "olena", "mo", "ofi", "admin"])
def test_what_is_stored_stays_words(city, enter, role):
    for each in city.petitions.values():
        Petition.objects.filter(pk=each.pk).update(
            title=POISON[:150],
            text=POISON,
            reasons=POISON,
            author_name=POISON,
            author_address=POISON,
            author_phone=POISON[:40],
            refused_note=POISON if each.refused_at else "",
            withdrawn_reason=POISON if each.withdrawn_at else "",
        )
    Answer.objects.update(asked=POISON, decided=POISON, signed_as=POISON)
    Step.objects.update(text=POISON, note=POISON)
    News.objects.update(title=POISON)
    Ground.objects.update(name=POISON, article=POISON, quote=POISON)
    Procedure.objects.update(legal_basis=POISON)
    forget_pages()
    client, seen = enter(role), 0
    grounds = [
        reverse("petitions_desk:change_ground", args=[city.cases.ground.pk]),
        f"{reverse('petitions_desk:new_ground')}?like={city.cases.ground.code}",
    ]
    for address in (*_pages(city), *grounds):
        response = client.get(address)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            assert_harmless(response.text, address)
            seen += "&lt;xss" in response.text
    assert seen > 8


#: Columns that no form of the desk names.
MORE = {
    "author": "1", "author_id": "1", "procedure": "1", "title": "інша", "text": "інше",
    "published_at": "2020-01-01", "closes_at": "2030-01-01", "reached_at": "2020-01-01",
    "review_due_on": "2030-01-01", "answer_due_on": "2030-01-01", "decided_at": "2020-01-01",
    "answered_at": "2020-01-01", "refused_at": "", "withdrawn_at": "", "by": "1",
    "at": "2020-01-01", "made_by": "1", "made_at": "2020-01-01", "code": "own", "id": "1",
    "pk": "1", "note": "",
    "in_force": "on", "guarded_since": "2020-01-01", "thread": "1", "petition": "1",
}  # fmt: skip


def test_the_desks_forms_take_their_own_fields_alone(city, enter):
    petition = city.petitions[State.MODERATION]
    form = sent("publish", petition, **MORE, department=city.opened.department_id)
    before = Petition.objects.values("author", "title", "text", "thread", "submitted_at")
    were = before.get(pk=petition.pk)
    today = clock.now().date()
    assert enter("mo").post(f"/desk/petitions/{petition.pk}/publish/", form).status_code == 302
    made = Petition.objects.get(pk=petition.pk)
    assert before.get(pk=petition.pk) == were
    assert made.procedure == Procedure.objects.now()
    assert abs((made.published_at.date() - today).days) <= 1
    assert (made.reached_at, made.decided_at, made.answered_at) == (None, None, None)
    assert made.guarded_since is None
    decided = city.petitions[State.SUPPORTED]
    words = {"asked": "a", "decided": "b", "signed_as": "c"}
    rows = {"steps-TOTAL_FORMS": "1", "steps-INITIAL_FORMS": "0"}
    ofi = enter("ofi")
    address = f"/desk/petitions/{decided.pk}/answer/"
    assert ofi.post(address, {**MORE, **words, **rows}).status_code == 302
    answer = Answer.objects.get(petition=decided)
    assert (answer.by, answer.asked) == (city.people["ofi"], "a")
    assert answer.at.year > 2020


def test_a_new_wording_of_the_rules_says_by_itself_who_made_it_and_when(city, enter, admin):
    now = Procedure.objects.now()
    names_of = ("legal_basis", "threshold", "collection", "collection_unit", "signers", "min_age")
    terms = ("publish_within", "notice_within", "review_within", "answer_within")
    said = {name: getattr(now, name) for name in (*names_of, *terms)}
    data = {**MORE, **said, "threshold": 5, **drawn(RulesForm(current=now))}
    assert enter("admin").post("/desk/petitions/rules/change/", data).status_code == 302
    made = Procedure.objects.now()
    assert (made.made_by, made.threshold) == (admin, 5)
    assert made.made_at.year > 2020
    words = {"name": "a", "article": "b", "quote": "c"}
    enter("admin").post("/desk/petitions/rules/grounds/new/", {**MORE, **words, "in_force": ""})
    ground = Ground.objects.latest("pk")
    assert ground.code != "own"
    assert ground.in_force


def test_parts_of_another_departments_petition_cannot_be_changed(city, enter, stranger, olena):
    """Not under a petition of one's own department either."""
    own = city.petitions[State.REVIEW]
    Petition.objects.filter(pk=own.pk).update(department=min(stranger.department_ids))
    step, news = city.cases.step, city.cases.news
    client = enter("stranger")
    for pk in (own.pk, step.petition_id):
        data = {f"s{step.pk}-note": "чуже"}
        place = f"/desk/petitions/{pk}/steps/{step.pk}/"
        assert client.post(place, data).status_code in (403, 404)
    for pk in (own.pk, news.petition_id):
        data = {f"n{news.pk}-reason": "spam"}
        place = f"/desk/petitions/{pk}/news/{news.pk}/hide/"
        assert client.post(place, data).status_code in (403, 404)
    step.refresh_from_db()
    news.refresh_from_db()
    assert (step.note, news.hidden_at) == ("", None)
