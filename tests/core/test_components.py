"""Components, forms and error pages: each renders alone, is whole, and keeps our promises."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import translation

from core.forms import DateInput, DateTimeInput, FilterForm, TextField
from core.templatetags.components import ICONS, heat_level, last_day, shorten

VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
NOW = datetime(2026, 12, 7, 10, 0, tzinfo=UTC)
COMPONENTS = Path(settings.BASE_DIR, "templates/components")


class Page(HTMLParser):
    """What a rendered piece is made of; its tags must close in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        names = Counter(name for name, _ in attrs)
        assert max(names.values(), default=0) < 2, f"an attribute twice in {tag}: {names}"
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, f"</{tag}> closes nothing"

    def handle_data(self, data):
        self.text += data

    @property
    def words(self) -> str:
        return " ".join(self.text.split())

    def all(self, tag: str, **attrs: str) -> list[dict[str, str | None]]:
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attrs.items()}
        return [
            found
            for name, found in self.tags
            if name == tag and all(found.get(key) == value for key, value in wanted.items())
        ]

    def ids(self) -> list[str]:
        return [attrs["id"] for _, attrs in self.tags if attrs.get("id")]


def whole(html: str) -> Page:
    """Parse, and check what holds for every piece: closed tags, unique ids, nothing inline."""
    page = Page(html)
    assert not page.open, f"left open: {page.open}"
    assert not [one for one, count in Counter(page.ids()).items() if count > 1]
    for tag, attrs in page.tags:
        assert "style" not in attrs, f"style= in {tag}: the CSP forbids it"
        assert not [name for name in attrs if name.startswith(("on", "hx-on"))]
        assert tag != "script" or attrs.get("src"), "an inline script"
    return page


def draw(source: str, **context) -> Page:
    with translation.override("en"):
        return whole(Template("{% load components %}" + source).render(Context(context)))


class Speech(forms.Form):
    name = forms.CharField(label="Name", help_text="As in your passport")
    text = TextField(label="Text", max_length=50)
    kind = forms.ChoiceField(
        label="Kind", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect
    )
    places = forms.MultipleChoiceField(
        label="Places",
        choices=[("c", "Centre"), ("w", "West")],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    agree = forms.BooleanField(label="I agree")
    password = forms.CharField(label="Password", widget=forms.PasswordInput, required=False)
    theme = forms.ChoiceField(label="Theme", choices=[("1", "Roads")])
    day = forms.DateField(label="Day", widget=DateInput, required=False)
    at = forms.DateTimeField(label="At", widget=DateTimeInput, required=False)
    file = forms.FileField(label="File", required=False)
    secret = forms.IntegerField(widget=forms.HiddenInput, required=False)


SAMPLES = {
    "breadcrumbs.html": {"steps": [("Home", "/"), ("Here", "")]},
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
    "diff.html": {"parts": [("equal", "at "), ("delete", "ten"), ("insert", "<b>twenty</b>")]},
    "eligibility.html": {
        "reasons": [{"message": "Confirm who you are.", "url": "/x/", "link": "Confirm"}]
    },
    "empty.html": {"title": "Nothing yet", "text": "Be the first.", "url": "/x/", "link": "Speak"},
    "error_500.html": {},
    "error_503.html": {},
    "error_summary.html": {"general": ["Bad."], "fields": [("id_name", "Name: bad")]},
    "file.html": {"name": "Draft.docx", "url": "/f/", "kind": "DOCX", "size": 184_320},
    "footer.html": {"city": settings.CITY},
    "haste.html": {"haste": {"kind": "late", "words": "overdue by 2 days"}},
    "header.html": {"city": settings.CITY, "user": AnonymousUser()},
    "kept.html": {},
    "live_status.html": {},
    "messages.html": {"messages": []},
    "moderation_keys.html": {},
    "notice.html": {"kind": "warning", "title": "Shorter", "text": "Why.", "role": "status"},
    "official.html": {
        "answer": {
            "author": {"public_name": "Olha Zh."},
            "department_name": "Roads",
            "standing_in_for": {"public_name": "Petro K."},
        }
    },
    "pager.html": {"previous_url": "?before=1", "next_url": "?after=2", "label": "Remarks"},
    "person.html": {"name": "Olha Zh.", "mark": "official", "detail": "Roads"},
    "select_words.html": {},
    "status_tag.html": {"kind": "open", "label": "Open", "icon_name": "open"},
    "tabs.html": {
        "label": "Remarks",
        "items": [
            {"label": "Newest", "url": "?s=n", "current": True},
            {"label": "Questions", "url": "?k=q", "count": 0},
        ],
    },
    "timeline.html": {
        "stages": [
            {"label": "Announced", "state": "done", "date": date(2026, 12, 1)},
            {"label": "Open", "state": "now", "date": NOW, "note": "until 12 December"},
            {"label": "Report", "state": "next"},
            {"label": "Withdrawn", "state": "stop"},
        ]
    },
    "voice.html": {
        "comment": {
            "author": {"public_name": "Olha Zh."},
            "organisation": {"pk": 1, "short_name": "Terrace", "code": "14360570"},
            "interest": "we have a terrace",
        }
    },
    "voice_choice.html": {"field": Speech()["kind"], "lost": "You may not speak for it any more."},
}


def test_every_component_has_a_sample():
    # A fragment that a page draws for itself is not a component of the house.
    assert {path.name for path in COMPONENTS.glob("*.html")} == set(SAMPLES)


@pytest.mark.parametrize("language", ["uk", "en"])
@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_component_is_whole(name, language):
    with translation.override(language):
        page = whole(render_to_string(f"components/{name}", SAMPLES[name]))
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
        html = Template("{% load components %}{% day d %}").render(Context({"d": NOW}))
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


def test_current_stage_is_told():
    page = draw("{% include 'components/timeline.html' %}", **SAMPLES["timeline.html"])
    assert len(page.all("li", aria_current="step")) == 1
    assert len(page.all("li")) == 4


# Forms


def rendered(form: forms.BaseForm) -> Page:
    with translation.override("en"):
        return whole(str(form))


def test_every_control_has_a_label_that_leads_to_it():
    page = rendered(Speech())
    labelled = {attrs.get("for") for attrs in page.all("label")}
    for tag in ("input", "textarea", "select"):
        for control in page.all(tag):
            if control.get("type") != "hidden":
                assert control["id"] in labelled
    assert len(page.all("fieldset")) == len(page.all("legend")) == 2


def test_what_describes_a_control_is_there():
    page = rendered(Speech({"name": ""}))
    described = [
        attrs["aria-describedby"] for _, attrs in page.tags if attrs.get("aria-describedby")
    ]
    assert len(described) == 5
    assert {one for ids in described for one in ids.split()} <= set(page.ids())


def test_errors_are_summed_up_and_lead_to_their_fields():
    page = rendered(Speech({"name": "", "text": "x" * 51, "places": ["nowhere"], "theme": "1"}))
    (summary,) = [attrs for _, attrs in page.tags if "data-error-summary" in attrs]
    assert "autofocus" in summary
    assert summary["tabindex"] == "-1"
    targets = [a["href"] for a in page.all("a")]
    assert targets == ["#id_name", "#id_text", "#id_kind_0", "#id_places_0", "#id_agree"]
    assert {target[1:] for target in targets} <= set(page.ids())
    assert (
        len([1 for _, a in page.tags if "govuk-form-group--error" in (a.get("class") or "")]) == 5
    )
    assert page.all("input", id="id_name")[0]["aria-invalid"] == "true"


def test_errors_of_the_whole_form_and_of_hidden_fields_are_said():
    form = Speech({"secret": "x"})
    form.add_error(None, "The consultation is closed.")
    page = rendered(form)
    assert "The consultation is closed." in page.words
    assert "Enter a whole number." in page.words
    assert len(page.all("input", type="hidden", name="secret")) == 1


def test_form_without_errors_has_no_summary():
    assert not [1 for _, attrs in rendered(Speech()).tags if "data-error-summary" in attrs]


def test_optional_fields_say_so_but_filters_do_not():
    class Filter(FilterForm):
        words = forms.CharField(label="Words", required=False)

    assert rendered(Speech()).words.count("(optional)") == 5
    assert "(optional)" not in rendered(Filter()).words


def test_long_text_is_counted_not_cut():
    page = rendered(Speech())
    (field,) = page.all("textarea")
    assert "maxlength" not in field
    assert "govuk-js-character-count" in field["class"]
    (group,) = page.all("div", data_module="govuk-character-count")
    assert group["data-maxlength"] == "50"
    assert group["data-i18n.characters-under-limit.one"] == "%{count} character left"
    assert "You can enter up to 50 characters." in page.words


def test_lines_count_alike_on_the_page_and_on_the_server():
    form = Speech({"text": "x" * 24 + "\r\n" + "y" * 25})
    form.is_valid()
    assert "text" not in form.errors
    assert form.cleaned_data["text"] == "x" * 24 + "\n" + "y" * 25


def test_a_widgets_own_class_stays():
    class Narrow(forms.Form):
        code = forms.CharField(widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}))

    classes = rendered(Narrow({})).all("input")[0]["class"]
    assert classes.split() == ["govuk-input", "govuk-input--width-5", "govuk-input--error"]


def test_dates_travel_as_iso_in_every_language():
    with translation.override("uk"):
        form = Speech(initial={"day": date(2026, 12, 7), "at": datetime(2026, 12, 7, 9, 5)})  # noqa: DTZ001 - a form's clock time
        page = whole(str(form))
        sent = Speech({"day": "2026-12-07", "at": "2026-12-07T09:05"})
        sent.is_valid()
    assert page.all("input", type="date")[0]["value"] == "2026-12-07"
    assert page.all("input", type="datetime-local")[0]["value"] == "2026-12-07T09:05"
    assert sent.cleaned_data["day"] == date(2026, 12, 7)
    assert sent.cleaned_data["at"] == datetime(2026, 12, 7, 7, 5, tzinfo=UTC)


def test_third_parties_forms_get_the_same_by_as_p():
    with translation.override("en"):
        assert Speech().as_p() == str(Speech())


# The frame and the error pages


def frame(rf, path: str, user=None) -> Page:
    request = rf.get(path)
    request.user = user or AnonymousUser()
    request.session = {}
    with translation.override("en" if path.startswith("/en/") else "uk"):
        return whole(render_to_string("base.html", request=request))


def test_frame_tells_its_language_and_leads_to_the_other(rf):
    page = frame(rf, "/")
    assert page.tags[0] == ("html", {"lang": "uk", "class": "govuk-template"})
    assert page.all("a", hreflang="en")[0]["href"] == "/en/"
    english = frame(rf, "/en/")
    assert english.all("html")[0]["lang"] == "en"
    assert english.all("a", hreflang="uk")[0]["href"] == "/"


def test_frame_keeps_the_query_when_the_language_changes(rf):
    page = frame(rf, "/account/login/?next=/x/")
    assert page.all("a", hreflang="en")[0]["href"] == "/en/account/login/?next=/x/"


def test_frame_skips_to_a_main_that_takes_the_focus(rf):
    page = frame(rf, "/")
    assert page.all("a", href="#main", class_="govuk-skip-link")
    assert page.all("main", id="main", tabindex="-1")


def test_frame_of_an_anonymous_page_holds_no_token(rf):
    assert not frame(rf, "/").all("input", name="csrfmiddlewaretoken")


def test_frame_names_errors_in_its_title():
    form = Speech({})
    with translation.override("en"):
        html = render_to_string("base.html", {"form": form})
    assert re.search(r"<title>Error: ", html)


@pytest.mark.parametrize("language", ["uk", "en"])
@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "413", "429"])
def test_error_page_says_what_to_do(rf, name, language):
    request = rf.get("/nowhere/")
    request.user = AnonymousUser()
    request.session = {}
    with translation.override(language):
        page = whole(render_to_string(f"{name}.html", request=request))
    assert page.all("html")[0]["lang"] == language
    assert len(page.all("h1")) == 1
    assert len(page.all("main")) == 1


@pytest.mark.parametrize("name", ["500", "503"])
def test_page_of_a_broken_house_needs_nothing(name):
    # No database (pytest-django forbids it here), no request, no context; both languages at once.
    page = whole(render_to_string(f"{name}.html"))
    assert [section["lang"] for section in page.all("section")] == ["uk", "en"]
    assert settings.CITY["council"] in page.words


def test_refusal_page_gives_the_rules_reason(rf):
    request = rf.get("/")
    request.user = AnonymousUser()
    request.session = {}
    html = render_to_string("403.html", {"verdict": {"message": "It closed <b>"}}, request=request)
    assert "It closed &lt;b&gt;" in html


def test_a_text_is_cut_between_words():
    assert shorten("Воду возитимуть бочками", 40) == "Воду возитимуть бочками"
    assert shorten("Воду возитимуть\nбочками", 20) == "Воду возитимуть…"
    assert shorten("Воду, – кажуть, – возитимуть", 20) == "Воду, – кажуть…"
    assert shorten("Воду возитимуть", 15) == "Воду возитимуть"
    assert shorten("Непротиконституційність", 5) == "Непро…"


# The looks


def css(name: str) -> str:
    return Path(finders.find(name)).read_text(encoding="utf-8")


def test_gov_uks_typeface_is_not_declared():
    assert "@font-face" not in css("govuk/govuk-frontend.min.css")  # bin/house/install.py


def test_nothing_asks_for_gov_uks_typeface():
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", css("govuk/govuk-frontend.min.css"))
    asking = [one for one, body in rules if "GDS Transport" in body]
    assert asking
    covered = re.compile(r"\.govuk-[\w-]+(:{1,2}[\w-]+)?$|\.govuk-error-summary__list a$")
    for selectors in asking:
        for selector in selectors.split(","):
            assert covered.search(selector.strip()), selector
    ours = css("css/tokens.css").split(".govuk-error-summary__list a {")
    assert ours[0].rstrip().endswith('[class*="govuk-"],')
    assert ours[1].strip().startswith("font-family: var(--font) !important;")


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(c * 2 for c in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


TINTED = [(name, f"{name}-tint") for name in ("ore", "good", "warn", "bad", "calm")]
GROUNDS = [
    (text, ground)
    for text in ("ink", "ink-soft", "ore", "ore-deep", "good", "warn", "bad", "calm")
    for ground in ("ground", "paper", "sand")
]


@pytest.mark.parametrize("theme", ["tokens", "display"])
def test_colours_can_be_read(theme):
    tokens = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", css("css/tokens.css")))
    if theme == "display":
        tokens |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", css("css/display.css")))
    for text, ground in TINTED + GROUNDS:
        assert contrast(tokens[text], tokens[ground]) >= 4.5, (text, ground)
    for ground in ("ground", "paper", "sand"):
        assert contrast(tokens["line-strong"], tokens[ground]) >= 3


def packed(*names: str) -> int:
    return sum(len(gzip.compress(css(name).encode(), 6)) for name in names)


def test_a_page_stays_within_its_budget():
    frame_css = ["govuk/govuk-frontend.min.css"]
    frame_css += [f"css/{n}.css" for n in ("tokens", "layout", "components", "forms", "print")]
    assert packed(*frame_css, "css/text.css", "css/remarks.css") <= 30_000
    scripts = ["htmx/htmx.min.js", "govuk/govuk-frontend.min.js"]
    scripts += [f"js/{n}.js" for n in ("app", "draft-keeper", "select-words")]
    assert packed(*scripts) <= 34_000, "what the live page's own script needs is left free"
