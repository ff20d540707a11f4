"""Retention periods of this app's own data (docs/privacy.md)."""

from __future__ import annotations

from datetime import timedelta

from core.domain.retention import keep, keep_for

# A bundle of evidence about a consultation, from when it is ready: its file.
keep("evidence", days=7)
# Contacts that participants of a consultation left, from its report on.
keep("contacts", days=365)
# Full names of erased accounts in published reports (law 3841-IX: archives of 5 years).
keep("report_names", days=5 * 365)
# Remarks for organisations that nobody confirmed, once the consultation has closed.
keep("waiting_remarks", days=90)
# How to reach who wrote a letter and has no account, and its scan, from the close on.
keep("received_contacts", days=365)
keep("received_scans", days=5 * 365)
# Spreadsheets that were brought back, applied or not.
keep_for("sheet_imports", timedelta(days=1))
# What stood in the rows of a change of many, long after it could be taken back.
keep_for("bulk_changes", timedelta(days=1))
