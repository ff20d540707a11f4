"""How often one person may speak: one budget for all discussions of the site."""

from __future__ import annotations

from django.conf import settings

from accounts.limits import HOUR, Limit

#: Comments and replies of one person, with her remarks in consultations.
SPEAK = Limit("speak", settings.REMARKS_PER_HOUR, HOUR)
#: Changes of what one person has said.
EDIT = Limit("edit", settings.REMARKS_PER_HOUR, HOUR)
#: Agreements and disagreements of one person.
REACT = Limit("react", 10 * settings.REMARKS_PER_HOUR, HOUR)
