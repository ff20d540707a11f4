"""How long what is kept."""

from __future__ import annotations

from datetime import timedelta

from config.settings.base import env
from config.settings.security import SESSION_COOKIE_AGE


def _kept(name: str, days: int) -> timedelta:
    return timedelta(days=env.int(f"KEEP_{name}_DAYS", default=days))


#: How long what is kept, by kind (accounts/data/register.py: PersonalData.period; docs/privacy.md).
RETENTION = {
    # A sign-up whose code was never entered.
    "unconfirmed": _kept("UNCONFIRMED", 2),
    "sessions": timedelta(seconds=SESSION_COOKIE_AGE),
    # A download of one's own data, from when it is ready; that there was one, for as long again.
    "exports": timedelta(hours=env.int("KEEP_EXPORT_HOURS", default=72)),
    # A bundle of evidence about a consultation, from when it is ready: its file.
    "evidence": _kept("EVIDENCE", 7),
    # Who of the council looked at one's data.
    "looks": _kept("LOOKS", 3 * 365),
    # Ids of who did what.
    "trace": _kept("TRACE", 3 * 365),
    # Agreements of accounts that were erased.
    "agreements": _kept("AGREEMENTS", 3 * 365),
    # Tokens that have expired or were revoked.
    "tokens": _kept("TOKENS", 90),
    # Suspensions that have ended.
    "suspensions": _kept("SUSPENSIONS", 365),
    # Checks of identity and residences that have ended.
    "verifications": _kept("VERIFICATIONS", 3 * 365),
    "residences": _kept("RESIDENCES", 365),
    # By what somebody who has erased their account is recognised, if anything of theirs still
    # counts: as long as the records that it counts in (law 3841-IX).
    "person_keys": _kept("PERSON_KEYS", 5 * 365),
    # The street and the house: once the check is done (0: at once), and when no check comes.
    "addresses": _kept("ADDRESSES", 0),
    "unchecked_addresses": _kept("UNCHECKED_ADDRESSES", 180),
    # From whom an appeal came, from its ending on (the list of kinds of documents of 2012, № 578/5,
    # item 82: five years).
    "appeal_authors": _kept("APPEAL_AUTHORS", 5 * 365),
    # Who began a petition and erased their account later, from its publication: as long as its
    # record (law 393/96-ВР art. 23-1).
    "petition_authors": _kept("PETITION_AUTHORS", 3 * 365),
    # Contacts that participants of a consultation left, from its report on.
    "contacts": _kept("CONTACTS", 365),
    # Full names of erased accounts in published reports (law 3841-IX: archives of 5 years).
    "report_names": _kept("REPORT_NAMES", 5 * 365),
    # Who was in the hall of a meeting by its code, and whose hand was raised, from its close on.
    "hall": _kept("HALL", 7),
    # From which network and domain of mailboxes a petition was signed, once collecting has ended;
    # where its review begins, they go with that.
    "signature_traces": _kept("SIGNATURE_TRACES", 30),
    # To where who signed by mail was told what became of it, from the answer on; where none is due,
    # from the end of collecting.
    "signature_addresses": _kept("SIGNATURE_ADDRESSES", 365),
    # What they are called on the list of who signed, from the same day on: as long as its record.
    "signature_names": _kept("SIGNATURE_NAMES", 3 * 365 + 1),
    # Signatures by mail that nobody confirmed, once their link has stopped working.
    "unconfirmed_signatures": _kept("UNCONFIRMED_SIGNATURES", 1),
    # Invitations to act for an organisation, once their link has stopped working.
    "invitations": _kept("INVITATIONS", 90),
    # Remarks for organisations that nobody confirmed, once the consultation has closed.
    "waiting_remarks": _kept("WAITING_REMARKS", 90),
    # How to reach who wrote a letter and has no account, and its scan, from the close on.
    "received_contacts": _kept("RECEIVED_CONTACTS", 365),
    "received_scans": _kept("RECEIVED_SCANS", 5 * 365),
    # What people need in order to take part in a meeting, and that they registered for it: from its
    # end on.
    "accessibility_needs": _kept("ACCESSIBILITY_NEEDS", 7),
    "registrations": _kept("REGISTRATIONS", 365),
    # Accreditations of journalists, from the end of the term or from the refusal; applications
    # that nobody confirmed.
    "accreditations": _kept("ACCREDITATIONS", 365),
    "unconfirmed_accreditations": _kept("UNCONFIRMED_ACCREDITATIONS", 2),
    # Spreadsheets that were brought back, applied or not.
    "sheet_imports": timedelta(days=1),
    # Names and addresses on the list of a poll, once it has closed.
    "poll_lists": _kept("POLL_LISTS", 365),
    # That a mail was sent, so that it is not sent twice.
    "mails": _kept("MAILS", 365),
    # That mails to an address come back; then it is tried again.
    "bounces": _kept("BOUNCES", 365),
    # An e-mail address without an account that follows nothing any more.
    "stopped_followers": _kept("STOPPED_FOLLOWERS", 30),
    # Keys of forms that were carried out (core/domain/idempotency_keys.py).
    "idempotency_keys": timedelta(hours=24),
    # Words of a mail that could not be sent; jobs.
    "letters": timedelta(hours=1),
    # Mails over the budget of a mailbox, which the mail server did not take meanwhile.
    "held_mails": timedelta(days=2),
    "jobs": timedelta(days=30),
}
