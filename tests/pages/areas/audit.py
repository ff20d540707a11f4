"""The audit log, at the desk and in public; the installation’s state; receipts."""

from __future__ import annotations

from datetime import timedelta

from consultations.evidence.actions import renew
from consultations.evidence.kinds import Why
from consultations.evidence.making import make_bundle, make_public_bundle
from consultations.evidence.models import EvidenceBundle
from core.audit_log.beginning import begin_record
from core.audit_log.chaining import chain_entries
from core.domain import clock
from core.models import StateFault
from discussions.speech.queries import find_receipt
from tests.core.audit.days import past_head, sealed, stamped, yesterdays_head
from tests.operation.failed_jobs.jobs import fail_job
from tests.pages.page_checks import PageCheck, PageChecks, of
from tests.pages.page_walk import PageWalk


def _chain(town: PageWalk) -> list[PageCheck]:
    chain_entries()
    head = yesterdays_head()
    stamped(head)
    sealed(head)
    return [of("audit:chain")]


def _head(town: PageWalk) -> list[PageCheck]:
    bare, attested = past_head(2), yesterdays_head()
    stamped(attested)
    sealed(attested)
    return [of("audit:head", each.day) for each in (bare, attested)]


def _heads(town: PageWalk) -> list[PageCheck]:
    head = yesterdays_head()
    stamped(head)
    stamped(head, broken=True)
    return [of("audit_desk:heads", who="admin")]


def _seal(town: PageWalk) -> list[PageCheck]:
    return [of("audit_desk:seal", yesterdays_head().day, who="admin")]


def _receipts(town: PageWalk) -> list[PageCheck]:
    chain_entries()
    receipts = [find_receipt(each.comment) for each in (town.said, town.hidden)]
    return [
        of("audit:receipt"),
        of("audit:receipt", query="?receipt=12", status=422),
        of("audit:receipt", query=f"?receipt={'1' * 24}", status=404),
        *(of("audit:receipt", query=f"?receipt={each.replace(' ', '')}") for each in receipts),
    ]


def _log(town: PageWalk) -> list[PageCheck]:
    name = "audit_desk:log"
    return [
        of(name, who="admin"),
        of(name, who="admin", query="?event=CommentPosted"),
        of(name, who="admin", query="?kind=poll_id", status=422),
    ]


def _state(town: PageWalk) -> list[PageCheck]:
    """With faults, one of them over, and a failed job."""
    fail_job()
    for over_at in (None, clock.now() + timedelta(minutes=9)):
        StateFault.objects.create(name="mail", level=2, words="Пошта не йде.", over_at=over_at)
    name = "state_desk:state"
    return [of(name, who="admin"), of(name, who="admin", width=360)]


def _public_evidence(town: PageWalk) -> list[PageCheck]:
    """With a bundle and two earlier ones; with none; withdrawn."""
    begin_record()
    pk = town.opened.pk
    for why in (Why.FIRST, Why.HIDDEN, Why.NAMES):
        renew(pk, why, withdraws=True)
        make_public_bundle(pk)
    name = "consultations:evidence"
    renew(town.states["closed"].pk, Why.CLOSED)
    return [
        of(name, pk),
        *(of(name, town.states[each].pk) for each in ("closed", "withdrawn", "announced")),
        of(name, town.states["preparing"].pk, status=404),
    ]


def _evidence(town: PageWalk) -> list[PageCheck]:
    begin_record()
    bundle = EvidenceBundle.objects.create(consultation=town.opened, by=town.people["ofi"])
    make_bundle(bundle.pk)
    name, pk = "desk:evidence", town.opened.pk
    return [of(name, pk, who="ofi"), of(name, town.states["preparing"].pk, who="ofi")]


PAGES: dict[str, PageChecks] = {
    "consultations:evidence": _public_evidence,
    "desk:evidence": _evidence,
    "audit:chain": _chain,
    "audit:head": _head,
    "audit:receipt": _receipts,
    "audit_desk:heads": _heads,
    "audit_desk:seal": _seal,
    "audit_desk:log": _log,
    "state_desk:state": _state,
    "verifier:page": lambda town: [of("verifier:page")],
    "verifier-file": lambda town: [of("verifier-file", "verify.html")],
}
NO_PAGE = {
    "api:changes": "JSON for programs",
    **dict.fromkeys(("state_desk:retry", "state_desk:dismiss"), "POST"),
    "audit:links": "lines for programs",
    "audit:link": "JSON for programs",
    "audit:feed": "Atom",
    "audit:head_file": "a file to be sealed",
    "audit:anchor": "a file to be saved",
    "audit:anchor_request": "a file to be saved",
    "audit_desk:download": "CSV",
    "consultations:evidence_file": "a file to be saved",
    "desk:bundle": "a file to be saved",
    "desk:evidence_progress": "a part of the page desk:evidence",
}
