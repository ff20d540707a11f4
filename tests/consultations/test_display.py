"""The display of a consultation: what was said last and is most supported; nothing small or cut."""

from __future__ import annotations

import pytest
from lxml import html

from consultations.remarks import actions
from core.domain import clock
from core.web.pages import forget_pages
from discussions.models import Comment
from tests import displays
from tests.displays import text_of

pytestmark = pytest.mark.django_db


def say(consultation, by, text: str, agrees: int = 0, **more):
    said = actions.remark(consultation, by=by, text=text, **more)
    Comment.objects.filter(pk=said.comment_id).update(score=agrees, agrees=agrees)
    return said


def screens(client, consultation) -> list[str]:
    forget_pages()
    page = html.fromstring(client.get(f"{consultation.get_absolute_url()}display/?board").text)
    return [" ".join(each.text_content().split()) for each in page.xpath("//section[@data-turn]")]


def test_a_long_remark_is_read_whole(client, opened, olena):
    text = text_of(4000)
    say(opened, olena, text)
    parts = screens(client, opened)
    assert len(parts) > 3
    assert all(word in " ".join(parts) for word in text.split())
    assert parts[-1].count("Олена К.") == 1


def test_what_was_said_last_stands_on_the_first_screen_at_once(client, opened, olena):
    for number in range(6):
        say(opened, olena, f"Слово {number}. {text_of(600)}", agrees=number)
    page = html.fromstring(client.get(f"{opened.get_absolute_url()}display/").text)
    (place,) = page.xpath("//*[@data-turns]")
    (now,) = place.xpath(".//section[not(@hidden)]")
    assert "Слово 5" in now.text_content()
    assert 0 <= clock.now().timestamp() - int(place.get("data-turns-from")) < 60


def test_the_most_supported_follow(client, opened, olena):
    say(opened, olena, "Найкраще.", agrees=9)
    for number in range(5):
        say(opened, olena, f"Нове {number}.")
    said = " ".join(screens(client, opened))
    assert said.index("Нове 4") < said.index("Найкраще")
    assert "Нове 0" not in said


def test_a_proposed_wording_is_read_with_its_reason(client, opened, olena):
    clause = opened.draft.versions.get().clauses.exclude(number="").first()
    say(opened, olena, "Бо так.", kind="wording", clause_id=clause.pk, proposal="До 20:00.")
    (shown, *_others) = screens(client, opened)
    assert "Бо так." in shown
    assert "До 20:00." in shown


CASES = {"none": (0, 0), "short": (60, 9), "middle": (400, 9), "longest": (4990, 2)}


@pytest.mark.cpu(20)
@pytest.mark.parametrize(
    "case",
    [pytest.param(case, marks=() if case == "middle" else pytest.mark.long) for case in CASES],
)
def test_nothing_is_small_or_cut(browser, client, opened, olena, tmp_path, case):
    length, many = CASES[case]
    opened.title = text_of(300)
    opened.save()
    clause = opened.draft.versions.get().clauses.exclude(number="").first()
    for number in range(many):
        about = {"clause_id": clause.pk} if number % 2 else {}
        say(opened, olena, f"{number}. {text_of(length)}", agrees=1000 + number, **about)
    page = displays.page_of(client, f"{opened.get_absolute_url()}display/")
    sizes = displays.SIZES[1:2] if case == "middle" else displays.SIZES
    for width, height in sizes:
        # A title alone stands in the middle, in letters of one size for all its screens; of few
        # words less is filled.
        name = f"consultation-{case}"
        displays.look(browser, page, tmp_path, name, width, height, lowest=0.8 if many else 0.7)
