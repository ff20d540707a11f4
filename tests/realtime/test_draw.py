"""What the hub draws is what the page holds: public, the same for every viewer, by element id."""

from __future__ import annotations

import re
import sys
from dataclasses import fields
from itertools import product

import pytest
from lxml import html

from consultations.remarks import actions
from core.domain.actions import action
from core.domain.clock import now
from core.domain.events import emit
from core.domain.topics import seqs_of
from core.web.pages import forget_pages
from discussions import actions as discussion
from petitions.models import News, PetitionPhoto
from petitions.talk import actions as petition_talk
from realtime.broadcasts import BROADCASTS
from realtime.drawing import draw, draw_dependent_regions, warm_up
from realtime.parts import DISPLAY, PAGE, RESULTS
from tests import factories
from tests.petitions import factories as petitions
from tests.realtime.conftest import say
from tests.votes import factories as polls
from votes.ballots import actions as votes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]


def _of(thing):
    """The lines of its app."""
    return [line for line in BROADCASTS if line.events[0].__module__.partition(".")[0] == thing]


LANGUAGES = ("uk", "en")

PAGES = {PAGE: "/consultations/{}/", DISPLAY: "/consultations/{}/display/"}

OF_PETITIONS, OF_POLLS = _of("petitions"), _of("votes")
OF_CONSULTATIONS = _of("consultations")
#: The page of a poll with each variant.
POLL_PAGES = {
    PAGE: "/polls/{}/",
    DISPLAY: "/polls/{}/display/",
    RESULTS: "/polls/{}/results/",
}


def _name(line):
    return line.events[0].__name__


@pytest.fixture
def page_of(client, request):
    """``page_of(path, language, viewer)``: drawn anew, for that fixture of a person or None."""

    def get(path, language, viewer):
        client.logout()
        if viewer:
            client.force_login(request.getfixturevalue(viewer))
        forget_pages()
        return html.fromstring(client.get(("" if language == "uk" else "/en") + path).content)

    return get


@pytest.fixture
def talk(db, department, olena, bohdan, mo, ofi):
    """A consultation with a remark of each shape: answered, hidden, a wording, deleted."""
    consultation = factories.consultation(department)
    clause = consultation.draft.versions.get().clauses.exclude(number="").first()
    remarks = {
        "plain": say(consultation, olena),
        "answered": say(consultation, olena, clause_id=clause.pk),
        "wording": say(
            consultation, bohdan, kind="wording", clause_id=clause.pk, proposal="Інакше."
        ),
        "hidden": say(consultation, bohdan, "Лайка."),
        "deleted": say(consultation, bohdan),
    }
    actions.answer(remarks["answered"], by=ofi, text="Дякуємо.")
    actions.react(remarks["plain"], by=bohdan, value=1)
    discussion.hide(remarks["hidden"].comment, by=mo, reason="profanity", note="Порушує правила")
    actions.delete_remark(remarks["deleted"], by=bohdan)
    return consultation, remarks


@pytest.mark.parametrize(
    ("variant", "line"),
    [
        pytest.param(variant, line, id=f"{variant}-{_name(line)}")
        for variant in (PAGE, DISPLAY)
        for line in OF_CONSULTATIONS
        if line.part(variant) is not None  # else the pages fetch their region
    ],
)
def test_part_is_the_same_in_the_page_of_any_viewer(talk, page_of, line, variant):
    consultation, remarks = talk
    things = [remark.pk for remark in remarks.values()]
    if line.thing == "consultation_id":
        things = [consultation.pk]
    changes = [(line.events[0].__name__, thing) for thing in things]

    drawn = draw(consultation.topic, changes, [(language, variant) for language in LANGUAGES])

    for language, viewer in product(LANGUAGES, (None, "olena", "mo", "ofi")):
        page = page_of(PAGES[variant].format(consultation.pk), language, viewer)
        same_in(page, drawn[language, variant], language, viewer)


def same_in(page, drawn, *whose):
    """``whose``: of the page, which a failure names."""
    for operation in drawn:
        inside = page.xpath(f'//*[@id="{operation["target"]}"]')
        if operation["swap"] == "remove":
            assert not inside, whose
        else:
            assert _text(html.fromstring(operation["html"])) == _text(inside[0]), whose


def _text(element):
    """Without runs of white space, and without what follows the element."""
    element.tail = None
    return re.sub(r"\s+", " ", html.tostring(element, encoding="unicode")).strip()


def test_a_full_name_is_drawn_for_pages_and_for_no_hall(department, olena):
    named = factories.consultation(department, asks_full_name=True, names_with_proposals=True)
    name = "Коваль Олена Петрівна"
    made = actions.remark(named, by=olena, text="Так.", full_name=name, contact="044 1")
    views = [("uk", PAGE), ("uk", DISPLAY)]
    drawn = draw(named.topic, [("RemarkPosted", made.pk)], views)
    page, hall = ("".join(each["html"] for each in drawn[view] if "html" in each) for view in views)
    assert name in page
    assert name not in hall
    assert olena.public_name in hall


def test_parts_take_nothing_from_a_request(talk):
    """No token, nobody's name but authors', no form; the context of a request changes nothing."""
    consultation, remarks = talk
    changes = [("RemarkPosted", remark.pk) for remark in remarks.values()]
    for operations in draw(consultation.topic, changes, [("uk", PAGE), ("uk", DISPLAY)]).values():
        for operation in operations:
            drawn = operation.get("html", "")
            assert "csrf" not in drawn
            assert "<form" not in drawn
            assert "Лайка" not in drawn


@pytest.mark.parametrize("line", OF_CONSULTATIONS, ids=_name)
def test_every_event_of_the_list_raises_its_topics(talk, olena, line):
    consultation, remarks = talk
    answer = remarks["answered"].comment.answers.get()
    known = {
        "consultation_id": consultation.pk,
        "remark_id": remarks["answered"].pk,
        "answer_id": answer.pk,
        "correction_id": 0,
        "tells_author": False,
        "by_id": olena.pk,
        "change_id": 0,
        **dict.fromkeys(("decision_id", "step_id", "note_id", "edition_id", "discussion_id"), 0),
        **dict.fromkeys(("place_id", "head_id"), remarks["answered"].pk),
        "version_id": consultation.draft.versions.get().pk,
        "poll_id": 0,
        "organisation_id": 0,
        "standing_in_for_id": None,
        "is_first": True,
    }
    for event_type in line.events:
        event = event_type(**{field.name: known[field.name] for field in fields(event_type)})
        before = seqs_of(line.topics(event))
        with action():
            emit(event)
        after = seqs_of(line.topics(event))
        assert after == {topic: before.get(topic, 0) + 1 for topic in line.topics(event)}


@pytest.fixture
def petition(db, olena, bohdan, charlie, mo):
    """A petition with comments of each shape, news and hidden news, a photograph and a removed
    one, and a few signatures."""
    made = petitions.petition(olena)
    petitions.signatures(made, 3)
    comments = {
        "answered": petition_talk.comment(made, by=bohdan, text="Підтримую."),
        "hidden": petition_talk.comment(made, by=charlie, text="Лайка."),
        "deleted": petition_talk.comment(made, by=charlie, text="Передумав."),
    }
    petition_talk.reply(made, comments["answered"], by=olena, text="Дякую.")
    petition_talk.react(made, comments["answered"], by=charlie, value=1)
    discussion.hide(comments["hidden"], by=mo, reason="profanity", note="Порушує правила")
    petition_talk.take_back(comments["deleted"], by=charlie)
    news = {"petition": made, "by": olena, "title": "Новина", "text": "Є.", "html": "<p>Є.</p>"}
    News.objects.create(**news)
    News.objects.create(**news, hidden_at=now(), hidden_reason="spam")
    photo = {"petition": made, "alt": "Двір", "width": 480, "height": 320, "widths": [480]}
    PetitionPhoto.objects.create(digest="c0ffee", **photo)
    removed = {"removed_at": now(), "removed_by": mo, "removed_reason": "personal"}
    PetitionPhoto.objects.create(digest="decade", **photo, **removed)
    return made, comments


@pytest.mark.parametrize(
    "line",
    [line for line in OF_PETITIONS if line.page is not None],  # else the pages fetch their region
    ids=_name,
)
def test_part_of_a_petition_is_the_same_in_the_page_of_any_viewer(petition, page_of, line):
    made, comments = petition
    things = [made.pk]
    if line.thing == "comment_id":
        things = [comment.pk for comment in comments.values()]
    changes = [(line.events[0].__name__, thing) for thing in things]

    drawn = draw(made.topic, changes, [(language, PAGE) for language in LANGUAGES])

    for language, viewer in product(LANGUAGES, (None, "olena", "bohdan", "mo")):
        page = page_of(f"/petitions/{made.pk}/", language, viewer)
        assert len(drawn[language, PAGE]) == len(things)
        same_in(page, drawn[language, PAGE], language, viewer)
        for operation in drawn[language, PAGE]:
            assert "csrf" not in operation.get("html", "")
            assert "<form" not in operation.get("html", "")
            assert "Лайка" not in operation.get("html", "")


@pytest.mark.parametrize("line", OF_PETITIONS, ids=_name)
def test_every_event_of_petitions_raises_its_topics(petition, olena, line):
    made, comments = petition
    known = {"petition_id": made.pk, "comment_id": comments["answered"].pk, "by_id": olena.pk}
    for event_type in line.events:
        rest = {field.name: known.get(field.name, 0) for field in fields(event_type)}
        event = event_type(**rest)
        before = seqs_of(line.topics(event))
        with action():
            emit(event)
        after = seqs_of(line.topics(event))
        assert all(after[topic] > before.get(topic, 0) for topic in line.topics(event))


@pytest.fixture
def poll(db, department, ofi, olena, bohdan):
    """A poll that shows its bars while it is open, with a few votes."""
    made = polls.poll(ofi, department, questions=polls.ALL_KINDS, results_while_open=True)
    for person in (olena, bohdan):
        votes.cast(made, by=person, choices=polls.filled(made))
    return made


@pytest.mark.parametrize("variant", [PAGE, DISPLAY, RESULTS])
@pytest.mark.parametrize("line", OF_POLLS, ids=_name)
def test_part_of_a_poll_is_the_same_in_the_page_of_any_viewer(poll, page_of, line, variant):
    wanted = [(language, variant) for language in LANGUAGES]
    drawn = draw(poll.topic, [(line.events[0].__name__, poll.pk)], wanted)
    followed = draw_dependent_regions(poll.topic, wanted)

    for language, viewer in product(LANGUAGES, (None, "olena", "ofi", "mo")):
        page = page_of(POLL_PAGES[variant].format(poll.pk), language, viewer)
        own, after = drawn[language, variant], followed.get((language, variant), [])
        assert len(own) == 1
        assert len(after) == (variant != PAGE)
        for operation in [*own, *after]:
            same_in(page, [operation], language, viewer)
            assert "csrf" not in operation["html"]
            assert "<form" not in operation["html"]
            assert "Олена" not in operation["html"]


@pytest.mark.parametrize("line", OF_POLLS, ids=_name)
def test_every_event_of_polls_raises_its_topics(poll, ofi, line):
    known = {"poll_id": poll.pk, "by_id": ofi.pk}
    for event_type in line.events:
        event = event_type(**{f.name: known.get(f.name, 0) for f in fields(event_type)})
        before = seqs_of(line.topics(event))
        with action():
            emit(event)
        after = seqs_of(line.topics(event))
        assert all(after[topic] > before.get(topic, 0) for topic in line.topics(event))


def test_templates_of_the_list_exist():
    warm_up()


#: What undoes what: pages that are told of the one have to hear of the other.
_UNDOING = {
    "Planned": "Cancelled",
    "Scheduled": "Cancelled",
    "Announced": "Withdrawn",
    "Begun": "Ended",
    "Opened": "Closed",
    "Published": "Withdrawn",
    "Hidden": "Shown",
}


def test_pages_that_hear_of_something_hear_of_its_end():
    told = {event for each in BROADCASTS for event in each.events}
    untold = []
    for event in told:
        module = sys.modules[event.__module__]
        for begun, over in _UNDOING.items():
            other = getattr(module, event.__name__.replace(begun, over), event)
            if event.__name__.endswith(begun) and other not in told:
                untold.append(other.__name__)
    assert untold == []
