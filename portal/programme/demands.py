"""The 21 demands of the founding programme, in our words, and where each is answered.

The programme is section 12.2 of the city's programme of development for 2017–2019. A demand of
which something is missing says what; what comes later is taken out of ``missing`` by whoever
builds it.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

type Words = str | Promise


class Origin(TextChoices):
    """The part of the programme in which a demand stands."""

    INTRODUCTION = "introduction", _("The introduction")
    AIM = "aim", _("The aim")
    MEASURES = "measures", _("The measures")
    TABLE = "table", _("The table of figures")


@dataclass(frozen=True, slots=True)
class Place:
    """A public page where a demand is answered: its route without arguments, and its name."""

    route: str
    title: Words


@dataclass(frozen=True, slots=True)
class Demand:
    """A demand of the programme.

    ``figure``: its figure (portal.programme.figures). ``missing``: what the platform does not
    answer yet, "" where nothing is missing.
    """

    number: int
    origin: Origin
    words: Words
    places: tuple[Place, ...]
    figure: str
    missing: Words = ""


_APPEALS = Place("appeals:about", _("Appeals and requests for information"))
_ANSWERS = Place("appeals:answers", _("Published answers"))
_APPEALS_FIGURES = Place("appeals_figures:figures", _("Appeals in figures"))
_CONSULTATIONS = Place("consultations:list", _("Consultations"))
_PETITIONS = Place("petitions:list", _("Petitions"))
_POLLS = Place("votes:list", _("Polls"))
_MEETINGS = Place("meetings:list", _("Meetings"))
_ACTS = Place("acts:list", _("Register of acts"))
_NEWS = Place("newsroom:list", _("News"))
_CALENDAR = Place("newsroom:calendar", _("Calendar of events"))
_PRESS = Place("press:apply", _("For the press"))
_DOCUMENTS = Place("documents:list", _("Register of documents"))
_EMBED = Place("opendata:embed", _("Lists for other sites"))
_SERVICES = Place("services:list", _("Electronic services"))
_TRUST = Place("insights:trust", _("Trust"))
_FOUNDING = Place("indicators:founding", _("Founding table"))
_VISITS = Place("insights:visits", _("Visits"))
_OPEN_DATA = Place("opendata:catalogue", _("Open data"))
_API = Place("api-docs", _("API"))
_PAGES = Place("pages:list", _("About the council and the platform"))
_START = Place("tracks:start", _("Tell the city something"))
_FOLLOW = Place("notifications:areas", _("Follow a theme, a district or a street"))
_DONE = Place("portal:done", _("You said – the council did"))
_AUDIT = Place("audit:chain", _("Audit log check"))
_SEARCH = Place("portal:search", _("Search"))

_ADVISORY = _("Advisory bodies with their agendas, decisions and elected members.")

DEMANDS: tuple[Demand, ...] = (
    Demand(
        1,
        Origin.INTRODUCTION,
        _("One can consult the council on its site, and gets a reply."),
        (_START, _APPEALS, _ANSWERS),
        "answers",
    ),
    Demand(
        2,
        Origin.INTRODUCTION,
        _("General information is found easily on the internet."),
        (_SEARCH, _PAGES, _SERVICES),
        "services",
        _ADVISORY,
    ),
    Demand(
        3,
        Origin.INTRODUCTION,
        _("The bodies of the city work openly, and their work can be checked."),
        (_DOCUMENTS, _ACTS, _MEETINGS, _AUDIT),
        "acts",
    ),
    Demand(
        4,
        Origin.AIM,
        _("Information goes out by radio, television, internet and print."),
        (_NEWS, _PRESS),
        "news",
        _("A weekly sheet for notice boards and local radio."),
    ),
    Demand(
        5,
        Origin.AIM,
        _("Residents trust the local government more."),
        (_TRUST,),
        "trust",
    ),
    Demand(
        6,
        Origin.AIM,
        _("Communication works, among officers and with residents."),
        (_FOLLOW, _APPEALS_FIGURES),
        "satisfaction",
    ),
    Demand(
        7,
        Origin.AIM,
        _("Residents get the information that they need."),
        (_APPEALS, _ANSWERS, _SEARCH),
        "appeals",
    ),
    Demand(
        8,
        Origin.AIM,
        _("Events and measures for the city’s development are told in time and in full."),
        (_CALENDAR, _MEETINGS, _FOLLOW),
        "meetings",
    ),
    Demand(
        9,
        Origin.MEASURES,
        _("Residents and businesses discuss and take decisions by electronic means."),
        (_CONSULTATIONS, _PETITIONS, _POLLS),
        "consultations",
        _("Deciding about a part of the budget."),
    ),
    Demand(
        10,
        Origin.MEASURES,
        _("Pilots widen the list of electronic services that make life better."),
        (_SERVICES,),
        "pilots",
    ),
    Demand(
        11,
        Origin.MEASURES,
        _("A structure in the council works with the media and with civil society."),
        (_PRESS, _FOLLOW),
        "news",
        _ADVISORY,
    ),
    Demand(
        12,
        Origin.MEASURES,
        _("Media cover the city’s development steadily, in other regions too."),
        (_PRESS, _NEWS),
        "news",
        _("A register of what was written, with figures by region."),
    ),
    Demand(
        13,
        Origin.MEASURES,
        _("Public opinion of the local government is objective, from full information."),
        (_TRUST, _POLLS),
        "polls",
        _("Opinions of people grouped on a map of opinions."),
    ),
    Demand(
        14,
        Origin.MEASURES,
        _("What is published is current, reliable and objective."),
        (_AUDIT, _PAGES, _CONSULTATIONS),
        "versions",
        _("A day on each page when it was checked, and when it is checked next."),
    ),
    Demand(
        15,
        Origin.MEASURES,
        _("Urgent questions of single residents and of the community get a better reply."),
        (_START, _APPEALS_FIGURES, _DONE),
        "appeals-days",
        _("A report of a broken thing by a photograph and a point on the map."),
    ),
    Demand(
        16,
        Origin.MEASURES,
        _("The official site is built better and holds more."),
        (_EMBED, _PAGES, _CALENDAR),
        "pages",
    ),
    Demand(
        17,
        Origin.MEASURES,
        _("The city has conditions in which the IT sphere grows."),
        (_API, _OPEN_DATA),
        "datasets",
        _("A licence of the code."),
    ),
    Demand(
        18,
        Origin.TABLE,
        _("The portal’s average monthly visitors are counted from 2015 on."),
        (_FOUNDING, _VISITS),
        "average-visitors",
    ),
    Demand(
        19,
        Origin.TABLE,
        _("Electronic appeals of residents and businesses are counted from 2015 on."),
        (_FOUNDING, _APPEALS_FIGURES),
        "electronic-appeals",
    ),
    Demand(
        20,
        Origin.MEASURES,
        _("Events and press conferences are a dialogue with the public."),
        (_CALENDAR, _PRESS, _MEETINGS),
        "events",
    ),
    Demand(
        21,
        Origin.INTRODUCTION,
        _("Public information is got without delay."),
        (_DOCUMENTS, _APPEALS, _APPEALS_FIGURES),
        "appeals-on-time",
    ),
)
