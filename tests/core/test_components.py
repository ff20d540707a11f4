"""Components: each renders alone, is whole, and keeps our promises."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.conf import settings
from django.contrib.messages import SUCCESS
from django.contrib.messages.storage.base import Message
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import translation

from accounts.people.naming import NameForm
from city.maps.drawing import Area, Drawing, Line, Mark
from core.displays.cards import Card, Figure
from core.domain import council
from core.templatetags.components import ICONS, heat_level
from core.templatetags.spots import SPOTS, spot
from core.templatetags.times import last_day
from tests.core.pieces import Speech, draw, whole

NOW = datetime(2026, 12, 7, 10, 0, tzinfo=UTC)
COUNCIL = council.from_settings()
PICTURE = {
    "alt": "A square with trees",
    "picture": {
        "url": "/pictures/1/960.webp",
        "srcset": "/pictures/1/480.webp 480w, /pictures/1/960.webp 960w",
        "width": 960,
        "height": 640,
    },
}
COMPONENTS = Path(settings.BASE_DIR, "templates/components")


AREA = Area(1, "Заріччя", "zarichchia", "M0 0l90 0l0 90z", 40, 30, ("Заріч", "чя"))
DRAWING = Drawing(
    *(400, 300),
    areas=(AREA,),
    lines=(Line("water", "M9 9l50 0l0 50z", is_area=True), Line("route", "M0 0l90 90")),
    places=(Mark("Вокзал", 120, 90), Mark("Міст", 300, 90, is_left=True)),
    streets="M0 0l9 9",
)
#: Components that hold personal parts: drawn for the reader of a request.
FOR_A_READER = {"header.html"}
SAMPLES = {
    "account_menu.html": {"who": "staff", "here": {}},
    "breadcrumbs.html": {"steps": [("Home", "/"), ("Here", "")]},
    "clause_remarks.html": {},
    "display_turn.html": {"number": 2, "of": 3},
    "clocks.html": {
        "clocks": [
            {
                "label": "Answer it",
                "article": "393/96 art. 20",
                "due_at": NOW,
                "done_at": NOW,
                "was_late": True,
            },
            {
                "label": "Publish it",
                "article": "393/96 art. 23-1",
                "due_on": date(2026, 12, 12),
                "urgency": {"kind": "soon", "words": "in 3 days"},
            },
        ]
    },
    "collection_notice.html": {
        "purpose": "to know who speaks.",
        "seen_by": "you.",
        "kept": "2 days.",
        "council": "Рада",
        "email": "rada@viche.example",
    },
    "comment_actions.html": {
        "comment": {"pk": 7, "agrees": 3, "disagrees": 0, "replies": 2},
        "url": "/consultations/1/remarks/7/",
    },
    "comment_edits.html": {"edits": [{"until": NOW, "text": "Before.", "proposal": "Ten."}]},
    "comment_gone.html": {"comment": {"get_hidden_reason_display": "spam"}},
    "confirm.html": {
        "title": "Withdraw?",
        "text": "All will see it.",
        "action": "/x/",
        "button": "Withdraw",
        "cancel_url": "/",
        "csrf_token": "token",
        "danger": True,
    },
    "deadline.html": {"end": date(2026, 12, 12), "days": 5, "over": False},
    "department_loads.html": {
        "loads": [{"name": "Housing", "late": 2, "soon": 3, "all": 12}],
        "label": "What is due",
    },
    "diff.html": {"parts": [("equal", "at "), ("delete", "ten"), ("insert", "<b>twenty</b>")]},
    "display_cards.html": {
        "cards": [
            Card(
                "Until 22:00.",
                head="cl. 2",
                foot="Olena K.",
                figures=(Figure("agree", "agree:", "3"),),
                paragraphs=("Until 22:00.",),
            )
        ],
        "size": 24,
    },
    "display_head.html": {},
    "display_join.html": {
        "title": "The ballot",
        "words": "Vote:",
        "join_url": "https://v.example/",
    },
    "display_top.html": {"city": COUNCIL, "now": NOW},
    "eligibility.html": {
        "reasons": [{"message": "Confirm who you are.", "url": "/x/", "link": "Confirm"}]
    },
    "copy.html": {"of": "receipt", "words": "Copy"},
    "correction.html": {
        "answer": {
            "edited_at": NOW,
            "earlier": [{"at": NOW, "by": {"public_name": "Olha Zh."}, "html": "<p>No.</p>"}],
        }
    },
    "embed.html": {"code": '<iframe src="/embed/polls/1/display/" title="Poll"></iframe>'},
    "empty.html": {"title": "Nothing yet", "text": "Be the first.", "url": "/x/", "link": "Speak"},
    "document.html": {
        "blocks": [
            {"kind": "heading", "level": 2, "text": "People"},
            {"kind": "paragraph", "text": "Five."},
            {"kind": "list", "items": ["one"], "is_ordered": False},
            {"kind": "list", "items": ["one"], "is_ordered": True},
            {"kind": "table", "caption": "T", "titles": ["a"], "rows": [[("a", "1")]]},
        ]
    },
    "error_500.html": {},
    "error_503.html": {},
    "error_summary.html": {"general": ["Bad."], "fields": [("id_name", "Name: bad")]},
    "cover.html": {"theme": "roads", "number": 7, "class": "card__cover"},
    "figure.html": {
        "each": PICTURE,
        "sizes": "50vw",
        "caption": "The square",
        "credit": "O. Koval",
    },
    "file.html": {"name": "Draft.docx", "url": "/f/", "kind": "DOCX", "size": 184_320},
    "footer.html": {"city": COUNCIL},
    "own_name.html": {"form": NameForm()},
    "urgency.html": {"urgency": {"kind": "late", "words": "overdue by 2 days"}},
    "header.html": {"city": COUNCIL},
    "kept.html": {},
    "kept_done.html": {"key": "remark-7"},
    "line_chart.html": {"chart": {"line": "0,9 9,0", "last_x": 9.0, "last_y": 0.0, "total": 7}},
    "fold_switch.html": {"label": "Search and filters", "chosen": "Дороги"},
    "typed_words.html": {"text": "Дорога\nй тротуар"},
    "said_before.html": {
        "same": {"text": "Дорога", "proposal": ""},
        "same_url": "/consultations/1/remarks/2/",
    },
    "tab_kept.html": {},
    "list_filter.html": {
        "action": "/petitions/",
        "words_label": "Words",
        "filters": {"words": "road", "theme": "roads", "district": ""},
        "themes": [{"slug": "roads", "local_name": "Roads"}],
        "districts": [{"slug": "centre", "local_name": "Centre"}],
        "sorts": [("newest", "the newest", True)],
        "state": "answered",
    },
    "live_status.html": {},
    "main_menu.html": {"here": {"votes": ' aria-current="page"'}},
    "messages.html": {"messages": [Message(SUCCESS, "Done.")]},
    "moderation_keys.html": {},
    "list_keys.html": {"ticks": True},
    "notice.html": {"kind": "warning", "title": "Shorter", "text": "Why.", "role": "status"},
    "official.html": {
        "answer": {
            "author": {"public_name": "Olha Zh."},
            "department_name": "Roads",
            "standing_in_for": {"public_name": "Petro K."},
        }
    },
    "narrowing.html": {
        "label": "Themes:",
        "links": {
            "items": [
                {"url": "?theme=roads", "label": "Roads", "current": True, "follow": ("theme", 1)}
            ],
            "all_url": "/meetings/",
        },
        "all": "All",
    },
    "pager.html": {"previous_url": "?before=1", "next_url": "?after=2", "label": "Remarks"},
    "picture.html": {"each": PICTURE, "sizes": "50vw", "lazy": True},
    "places.html": {
        "district": {"pk": 1, "slug": "centre", "local_name": "Centre"},
        "streets": [{"pk": 2, "name": "Bridge Street"}],
        "list_url": "/consultations/",
    },
    "post_form.html": {
        "form": Speech(),
        "button": "Send",
        "back": "/",
        "back_words": "Cancel",
        "action": "/x/",
        "autocomplete": "off",
        "danger": True,
        "once": True,
        "csrf_token": "token",
    },
    "print.html": {"words": "Print"},
    "person.html": {"name": "Olha Zh.", "mark": "official", "detail": "Roads"},
    "saved_texts.html": {
        "rows": [
            {
                "title": "Where to contest",
                "about": "Housing",
                "text": "In court.",
                "by": {"get_full_name": "Olha Zh."},
                "changed_at": NOW,
                "get_absolute_url": "/x/1/",
            }
        ],
        "label": "Saved answers",
        "about_title": "Department",
        "csrf_token": "token",
    },
    "select_words.html": {},
    "urgent.html": {
        "notices": [(SimpleNamespace(route="newsroom:detail", pk=1), "No water")],
    },
    "unsaved.html": {"form": Speech({"text": "Words."})},
    "sign_in_hint.html": {},
    "social.html": {
        "title": "Quiet hours",
        "summary": "From 22:00 to 8:00.",
        "council": "City council",
        "page_url": "https://v.example/polls/1/",
        "card_url": "https://v.example/polls/1/card.png",
        "card_words": "Quiet hours",
    },
    "status_tag.html": {"kind": "open", "label": "Open", "icon_name": "open"},
    "pasted_form.html": {
        "form": [],
        "preview": {
            "counts": [("will be added", 1)],
            "lines": [{"number": 2, "name": "Нова", "label": "will be added", "why": "a <b>"}],
            "mark": "a1",
        },
        "named": "Name",
        "store": "Store this",
        "back": "/",
    },
    "tabs.html": {
        "label": "Remarks",
        "items": [
            {"label": "Newest", "url": "?s=n", "current": True},
            {"label": "Questions", "url": "?k=q", "count": 0},
        ],
    },
    "social_default.html": {"council": "City council"},
    "thanks.html": {"id": "remark-7", "title": "Published.", "url": "#remark-7", "link": "Read it"},
    "timeline.html": {
        "stages": [
            {"label": "Announced", "state": "done", "date": date(2026, 12, 1)},
            {"label": "Open", "state": "now", "date": NOW, "note": "until 12 December"},
            {"label": "Report", "state": "next"},
            {"label": "Withdrawn", "state": "stop"},
        ]
    },
    "map.html": {
        "district": None,
        "plain": True,
    },  # with a map: tests/city/maps/test_map_drawing.py
    "map_drawing.html": {"drawing": DRAWING, "district_ids": (1,)},
    "map_label.html": {"area": AREA, "here": True, "number": 7},
    "map_names.html": {"drawing": DRAWING},
    # with a map: tests/votes/questions/test_option_locations.py
    "map_of_list.html": {"things": (), "heading": "Where it is", "about": "Options by number."},
    "map_of_districts.html": {"numbers": {}, "narrow_url": "?", "heading": "By district"},
    "map_source.html": {"drawing": DRAWING, "attribution": "Cadastre"},
    "tiled_map.html": {"heading": "Map"},  # with tiles: tests/journeys/test_open_the_map.py
    "voice.html": {
        "comment": {
            "author": {"public_name": "Olha Zh."},
            "organisation": {"pk": 1, "short_name": "Terrace", "code": "14360570"},
            "interest": "we have a terrace",
        }
    },
    "voice_choice.html": {"field": Speech()["kind"], "lost": "You may not speak for it any more."},
}


@pytest.mark.parametrize("name", SPOTS)
def test_an_illustration_is_small_and_takes_its_colours_from_the_page(name):
    drawn = spot(name)
    assert len(drawn.encode()) <= 2048
    assert 'class="spot__frame"' in drawn and 'class="spot__mark"' in drawn
    assert "fill=" not in drawn and "stroke=" not in drawn and 'aria-hidden="true"' in drawn


def test_every_component_has_a_sample():
    # A fragment that a page draws for itself is not a component of the house.
    assert {path.name for path in COMPONENTS.glob("*.html")} == set(SAMPLES)


@pytest.mark.parametrize("language", ["uk", "en"])
@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_component_is_whole(name, language, rf, request):
    reader = None
    if name in FOR_A_READER:
        request.getfixturevalue("db")  # what a page knows of the council
        reader = rf.get("/")
    with translation.override(language):
        page = whole(render_to_string(f"components/{name}", SAMPLES[name], reader))
    for _, attrs in page.tags:
        for label in (attrs.get("aria-labelledby") or "").split():
            assert label in page.ids()


@pytest.mark.parametrize(
    "kind", ["open", "soon", "waiting", "closed", "done", "stop", "hidden", "live", "info"]
)
def test_status_is_a_word_and_a_shape(kind):
    page = draw("{% status_tag kind 'Відкрито' %}", kind=kind)
    assert page.words == "Відкрито"
    (drawing,) = page.all("svg")
    assert drawing["aria-hidden"] == "true"


def test_every_status_has_a_shape_of_its_own():
    kinds = ["open", "soon", "waiting", "closed", "done", "cross", "hidden", "live", "info"]
    assert len({ICONS[kind] for kind in kinds}) == len(kinds)


class Asked(forms.Form):
    name = forms.CharField(label="Ім’я")
    size = forms.CharField(label="Який розмір?")


def test_what_is_wrong_is_told_after_the_label():
    page = draw("{% error_summary form %}", form=Asked({}))
    assert re.search("Ім’я: [^ ]", page.words)
    assert re.search("Який розмір\\? [^ ]", page.words)


def test_icons_are_drawn_well():
    for name, drawing in ICONS.items():
        whole(f"<svg>{drawing}</svg>")
        assert re.fullmatch(r'[\w\s<>/="().,-]+', drawing), name


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (date(2026, 12, 12), "until 12 December, 5 days left"),
        (date(2026, 12, 9), "until 9 December, 2 days left"),
        (date(2026, 12, 8), "until 8 December, tomorrow is the last day"),
        (date(2026, 12, 7), "until 7 December, today is the last day"),
        (date(2026, 12, 6), "ended 6 December"),
        (date(2027, 1, 12), "until 12 January 2027, 36 days left"),
        # Midnight in Kyiv (22:00 UTC in winter) after the 12th, and the moment it strikes.
        (datetime(2026, 12, 12, 22, 0, tzinfo=UTC), "until 12 December, 5 days left"),
        (NOW, "ended 7 December"),
        (NOW + timedelta(seconds=1), "until 7 December, today is the last day"),
    ],
)
def test_deadline_says_how_long(until, words):
    page = draw("{% deadline until now %}", until=until, now=NOW)
    assert page.words == words


def test_deadline_marks_what_is_close():
    near = draw("{% deadline until now %}", until=date(2026, 12, 10), now=NOW)
    far = draw("{% deadline until now %}", until=date(2026, 12, 11), now=NOW)
    assert near.tags[0][1]["class"] == "deadline deadline--soon"
    assert far.tags[0][1]["class"] == "deadline"


def test_last_day_of_a_moment_is_the_day_before_midnight():
    assert last_day(datetime(2026, 6, 30, 21, 0, tzinfo=UTC)) == date(2026, 6, 30)
    assert last_day(datetime(2026, 6, 30, 21, 0, 1, tzinfo=UTC)) == date(2026, 7, 1)
    assert last_day(date(2026, 6, 30)) == date(2026, 6, 30)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (datetime(2026, 12, 8, 22, 0, tzinfo=UTC), "8\xa0December 2026, 24:00"),
        (datetime(2026, 12, 8, 21, 59, tzinfo=UTC), "8\xa0December 2026, 23:59"),
        (datetime(2026, 12, 8, 22, 1, tzinfo=UTC), "9\xa0December 2026, 00:01"),
        (datetime(2026, 6, 30, 21, 0, tzinfo=UTC), "30\xa0June 2026, 24:00"),
    ],
)
def test_midnight_ends_a_day(value, words):
    assert draw("{% closing value %}", value=value).text == words


def test_dates_speak_ukrainian():
    with translation.override("uk"):
        html = Template("{% load times %}{% day d %}").render(Context({"d": NOW}))
    assert html == '<time datetime="2026-12-07">7\xa0грудня 2026</time>'


def test_moment_is_on_the_councils_clock():
    page = draw("{% moment m %}", m=datetime(2026, 12, 31, 22, 30, tzinfo=UTC))
    assert page.words == "1 January 2027, 00:30"
    assert page.all("time")[0]["datetime"] == "2027-01-01T00:30:00+02:00"


def test_heat_grows_with_remarks_and_shows_the_first():
    levels = [heat_level(count, 90) for count in range(91)]
    assert levels == sorted(levels)
    assert (levels[0], levels[1], levels[90]) == (0, 1, 5)
    assert heat_level(0, 0) == 0


def test_qr_code_is_an_image_with_a_name():
    page = draw("{% qr url %}", url='https://viche.example/consultations/12/?a=1&b="2"')
    (svg,) = page.all("svg")
    assert svg["class"] == "qr"
    assert svg["viewbox"]
    assert "https://viche.example/consultations/12/" in page.words


def test_difference_says_its_marks_in_words_and_escapes():
    page = draw("{% include 'components/diff.html' %}", **SAMPLES["diff.html"])
    assert page.words == "at [removed: ten end][added: <b>twenty</b> end]"
    assert not page.all("b")


def test_person_is_marked_by_a_word():
    page = draw(
        "{% include 'components/person.html' with name=name mark='company' %}", name="<i>Firm</i>"
    )
    assert "on behalf of an organisation" in page.words
    assert not page.all("i")


def test_pager_of_a_single_page_is_nothing():
    assert not draw("{% include 'components/pager.html' with next_url='' %}").tags


def test_confirmation_posts_with_its_token():
    page = draw("{% include 'components/confirm.html' %}", **SAMPLES["confirm.html"])
    assert page.all("form", method="post", action="/x/")
    assert page.all("input", type="hidden", name="csrfmiddlewaretoken", value="token")


def test_notice_names_a_route_or_a_url():
    page = draw("{% notice 'warning' 'Why.' title='T' url='portal:home' link='Home' %}")
    assert page.words == "T Why. Home"
    assert page.all("a", href="/en/") or page.all("a", href="/")
    assert draw("{% notice 'info' url=url link='There' %}", url="/x/?a=1").all("a", href="/x/?a=1")


def test_steps_of_the_way_are_routes_or_urls():
    page = draw("{% breadcrumbs 'Polls' 'votes:list' poll '/polls/1/' 'Here' %}", poll="One")
    assert [link["href"].removeprefix("/en") for link in page.all("a")] == [
        "/",
        "/polls/",
        "/polls/1/",
    ]


def test_row_of_a_summary_escapes_its_key_and_keeps_its_html():
    page = draw("{% summary_row key %}<b>{{ value }}</b>{% endsummary_row %}", key="<i>", value="&")
    assert page.words == "<i>&"
    assert page.all("b") and not page.all("i")


def test_form_carries_a_key_where_it_creates_something():
    key = {"name": "idempotency_key"}
    once = draw("{% post_form form 'Send' back='/' once=True %}", form=Speech())
    again = draw("{% post_form form 'Send' %}", form=Speech())
    assert len(once.all("input", **key)) == 1 and not again.all("input", **key)
    assert len(once.all("a", href="/")) == 1 and not again.all("a")


def test_current_stage_is_told():
    page = draw("{% include 'components/timeline.html' %}", **SAMPLES["timeline.html"])
    assert len(page.all("li", aria_current="step")) == 1
    assert len(page.all("li")) == 4
