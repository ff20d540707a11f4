"""The page of the founding programme: each demand, where it is answered, its figure."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from appeals.answers.actions import PUBLISHED
from core.web.pages import shared_page
from insights.indicators.measuring import TOPIC as INDICATORS
from portal.programme.demands import DEMANDS, Demand, Origin
from portal.programme.figures import Figure, load_figures
from records.handlers import topics_of_services


@dataclass(frozen=True, slots=True)
class Answered:
    """A demand with the addresses where it is answered and its figure, where there is one."""

    demand: Demand
    places: tuple[tuple[str, object], ...]
    figure: Figure | None


@dataclass(frozen=True, slots=True)
class Part:
    """The demands of one part of the programme."""

    origin: Origin
    demands: tuple[Answered, ...]


def _topics() -> list[str]:
    lists = ["consultations", "polls", "meetings", "acts", "pages", "news"]
    return [*lists, PUBLISHED, INDICATORS, *topics_of_services()]


@require_safe
@shared_page(_topics)
def programme(request: HttpRequest) -> HttpResponse:
    """The demands of the founding programme, and where the platform answers them. Anybody."""
    figures = load_figures({demand.figure for demand in DEMANDS})
    in_order = sorted(DEMANDS, key=lambda demand: [*Origin].index(demand.origin))
    parts = [
        Part(origin, tuple(_show_demand(demand, figures) for demand in demands))
        for origin, demands in groupby(in_order, key=lambda demand: demand.origin)
    ]
    context = {
        "parts": parts,
        "number": len(DEMANDS),
        "whole": sum(1 for demand in DEMANDS if not demand.missing),
    }
    return render(request, "portal/programme.html", context)


def _show_demand(demand: Demand, figures: dict[str, Figure]) -> Answered:
    places = tuple((reverse(place.route), place.title) for place in demand.places)
    return Answered(demand, places, figures.get(demand.figure))
