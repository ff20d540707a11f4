"""The press, the council's pages, and the register of acts."""

from __future__ import annotations

from consultations.models import Decision
from meetings.models import Meeting
from newsroom.council_pages.actions import PageText, change
from newsroom.models import Accreditation, Page, State
from newsroom.press import actions, tokens
from tests.newsroom import factories as articles
from tests.newsroom import press_factories as factories
from tests.pages.page_checks import PageCheck, PageChecks, of, simple
from tests.pages.page_walk import PageWalk
from tests.pages.steps import send, send_emptied

TITLE = "Пресконференція про тепло"


def _accredited(town: PageWalk) -> Accreditation:
    """A journalist who comes to a press conference."""
    row = Accreditation.objects.filter(email="a@example.org").first()
    if row is None:
        row = factories.accredited(town.people["admin"], email="a@example.org")
        actions.say_coming(row, _conference(), is_coming=True)
    return row


def _waiting() -> Accreditation:
    row = Accreditation.objects.waiting().first()
    return row or factories.waiting(email="w@example.org", document_number="12/Р")


def _conference() -> Meeting:
    found = Meeting.objects.coming().filter(title=TITLE).first()
    return found or factories.conference(title=TITLE)


def _own(town: PageWalk) -> list[PageCheck]:
    asked = factories.asked(email="u@example.org")
    rows = (_accredited(town), _waiting(), asked)
    return [PageCheck(tokens.own_path(row)) for row in rows]


def _release(town: PageWalk) -> list[PageCheck]:
    """A release under embargo with a picture, by a journalist's link."""
    by = town.people["admin"]
    made = articles.article(State.PLANNED, by=by, kind="release", contact="Пресслужба, 067 0000000")
    articles.picture(made, by=by)
    return [PageCheck(tokens.release_path(_accredited(town), made.pk))]


def _desk_detail(town: PageWalk) -> list[PageCheck]:
    name, admin = "press_desk:detail", "admin"
    waiting = _waiting().pk
    return [
        of(name, waiting, who=admin),
        of(name, waiting, who=admin, then=send),
        of(name, _accredited(town).pk, who=admin),
    ]


def _rules(town: PageWalk) -> Page:
    """A page with two versions."""
    page = Page.objects.get(slug="rules")
    if page.versions.count() == 1:
        text = PageText(
            title="Правила спілкування", text="# Нове\n\n| А | Б |\n|---|---|\n| 1 | 2 |"
        )
        change(page, text, by=town.people["admin"], reason="Скорочено")
    return page


def _edit(town: PageWalk) -> list[PageCheck]:
    pk = _rules(town).pk
    return [
        of("pages_desk:edit", pk, who="admin"),
        of("pages_desk:edit", pk, who="admin", then=send_emptied),
    ]


def _acts(town: PageWalk) -> list[PageCheck]:
    name = "acts:act"
    return [of(name, pk) for pk in Decision.objects.filter(outcome="adopted").values_list("pk")[0]]


PAGES: dict[str, PageChecks] = {
    "press:apply": simple("press:apply", "anon", send),
    "press:sent": simple("press:sent"),
    "press:erased": simple("press:erased"),
    "press:own": _own,
    "press:release": _release,
    "press:mails": lambda town: [PageCheck(tokens.stop_path(_accredited(town)))],
    "press:attend": lambda town: [
        PageCheck(tokens.attend_path(_accredited(town), _conference().pk))
    ],
    "press_desk:list": lambda town: [
        of("press_desk:list", who="admin", query=f"?list={name}")
        for name in ("accredited", "refused")
        if _accredited(town)
    ],
    "press_desk:detail": _desk_detail,
    "press_desk:conference": lambda town: [
        of("press_desk:conference", _conference().pk, who="admin") for _row in [_accredited(town)]
    ],
    "pages:list": simple("pages:list"),
    "pages:page": lambda town: [
        of("pages:page", slug) for slug in (_rules(town).slug, "decisions", "accessibility")
    ],
    "pages:versions": lambda town: [of("pages:versions", _rules(town).slug)],
    "pages:version": lambda town: [
        of("pages:version", _rules(town).slug, number) for number in (1, 2)
    ],
    "pages_desk:list": simple("pages_desk:list", "admin"),
    "pages_desk:new": simple("pages_desk:new", "admin", send),
    "pages_desk:edit": _edit,
    "acts:list": lambda town: [of("acts:list", query=query) for query in ("", "?year=2001")],
    "acts:act": _acts,
}
#: Routes that show no page, and why.
NO_PAGE: dict[str, str] = {
    "accessibility": "leads to pages:page",
    "pages:privacy": "leads to the privacy notice",
    "pages:terms": "leads to the terms of use",
    "press:release_picture": "a picture",
    "press_desk:draft": "POST",
    "press_desk:grant": "POST",
    "press_desk:refuse": "POST",
    "press_desk:end": "POST",
    "press_desk:invite": "POST",
    "acts:feed": "Atom",
    "acts:csv": "CSV",
    "api:acts": "JSON for programs",
    "api:act": "JSON for programs",
}
