"""Retention periods of people's accounts (docs/privacy.md)."""

from __future__ import annotations

from datetime import timedelta

import environ
from django.conf import settings

from core.domain.retention import keep, keep_for

env = environ.Env()

# A sign-up whose code was never entered.
keep("unconfirmed", days=2)
keep_for("sessions", timedelta(seconds=settings.SESSION_COOKIE_AGE))
# A download of one's own data, from when it is ready; that there was one, for as long again.
keep_for("exports", timedelta(hours=env.int("KEEP_EXPORT_HOURS", default=72)))
# Who of the council looked at one's data.
keep("looks", days=3 * 365)
# Agreements of accounts that were erased.
keep("agreements", days=3 * 365)
# Suspensions that have ended.
keep("suspensions", days=365)
# Checks of identity and residences that have ended.
keep("verifications", days=3 * 365)
keep("residences", days=365)
# By what somebody who has erased their account is recognised, if anything of theirs still
# counts: as long as the records that it counts in (law 3841-IX).
keep("person_keys", days=5 * 365)
# The street and the house: once the check is done (0: at once), and when no check comes.
keep("addresses", days=0)
keep("unchecked_addresses", days=180)
# Invitations to work for the council, once their link has stopped working.
keep("staff_invitations", days=90)
