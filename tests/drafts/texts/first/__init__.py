"""The trial's texts, rebuilt with other words from what its report says of each."""

from __future__ import annotations

from collections.abc import Callable

from ..declared import Text
from . import acts, drafts, english, orders, page, slavic

#: In the order of the trial's table.
BUILDERS: tuple[Callable[[], Text], ...] = (
    acts.union_statute,
    acts.standard_regulation,
    page.department_regulation,
    acts.festival,
    *orders.BUILDERS,
    slavic.union_of_teachers,
    slavic.race_rules,
    slavic.team_charter,
    slavic.project_charter,
    english.senate_bylaws,
    english.senate_page,
    english.institute_bylaws,
    english.declaration,
    english.bylaws_pdf,
    *drafts.BUILDERS,
)
