"""Rate limits of one person's remarks, edits and reactions."""

from __future__ import annotations

from django.conf import settings

from accounts.limits import HOUR, Limit

#: Remarks and replies of one person.
SPEAK = Limit("speak", settings.REMARKS_PER_HOUR, HOUR)
#: Changes of what one person has said.
EDIT = Limit("edit", settings.REMARKS_PER_HOUR, HOUR)
#: Agreements and disagreements of one person.
REACT = Limit("react", 10 * settings.REMARKS_PER_HOUR, HOUR)
