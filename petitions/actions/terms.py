"""Terms that run are counted anew when the calendar by which they are counted changes."""

from __future__ import annotations

from functools import reduce
from operator import or_

from city.calendar import work_calendar
from core.actions import action
from core.events import emit
from petitions.events import PetitionChanged
from petitions.models import Petition
from petitions.terms import TERMS


def recount_terms() -> int:
    """Count the last days of all terms that run anew; returns how many petitions have others now.

    Called when the periods of martial law change (law 2136-IX art. 6(6)): holidays are working
    days while it lasts. What is done already keeps the day it had. Emits PetitionChanged for each
    whose days moved.
    """
    moved = 0
    with action():
        calendar = work_calendar()
        running = Petition.objects.filter(reduce(or_, (term.running for term in TERMS)))
        running = running.select_related("procedure").order_by("pk")
        for petition in running.select_for_update(no_key=True, of=("self",)):
            columns = [
                term.column
                for term in TERMS
                if term.runs(petition) and term.set(petition, calendar)
            ]
            if columns:
                petition.save(update_fields=columns)
                emit(PetitionChanged(petition.pk, None))
                moved += 1
    return moved
