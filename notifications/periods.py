"""Retention periods of this app's own data (docs/privacy.md)."""

from __future__ import annotations

from datetime import timedelta

from core.domain.retention import keep, keep_for

# That a mail was sent, so that it is not sent twice.
keep("mails", days=365)
# That mails to an address come back; then it is tried again.
keep("bounces", days=365)
# An e-mail address without an account that follows nothing any more.
keep("stopped_followers", days=30)
# Words of a mail that could not be sent; jobs.
keep_for("letters", timedelta(hours=1))
# Mails over the budget of a mailbox, which the mail server did not take meanwhile.
keep_for("held_mails", timedelta(days=2))
