"""Retention periods of this app's own data (docs/privacy.md)."""

from __future__ import annotations

from core.domain.retention import keep

# Who began a petition and erased their account later, from its publication: as long as its
# record (law 393/96-ВР art. 23-1).
keep("petition_authors", days=3 * 365)
# From which network and domain of mailboxes a petition was signed, once collecting has ended;
# where its review begins, they go with that.
keep("signature_traces", days=30)
# To where who signed by mail was told what became of it, from the answer on; where none is due,
# from the end of collecting.
keep("signature_addresses", days=365)
# What they are called on the list of who signed, from the same day on: as long as its record.
keep("signature_names", days=3 * 365 + 1)
# Signatures by mail that nobody confirmed, once their link has stopped working.
keep("unconfirmed_signatures", days=1)
