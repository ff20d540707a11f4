"""Petitions by state, their signatures and photographs."""

from __future__ import annotations

from dataclasses import asdict
from types import SimpleNamespace
from typing import Any

from core.domain import clock
from core.domain.calendar import local_date
from insights.indicators.measures.petitions import count_petitions, count_signatures
from insights.indicators.periods import Period, PeriodKind
from petitions.defence.actions import waiting_objections
from petitions.defence.dryrun import dry_run
from petitions.defence.pages import overview
from petitions.defence.signature_filter import SignatureFilter
from petitions.defence.trends import trends
from petitions.desk import queries as desk
from petitions.ledger.actions import count
from petitions.ledger.queries import uncertain_of
from petitions.models import Objection, Petition, PetitionPhoto, Removal, Signature
from petitions.queries import Filters, count_by_district, counts
from petitions.signing.audiences import listeners
from petitions.signing.queries import _number_of
from tests import people
from tests.endings.counts.kind import Figure, Kind, write
from tests.endings.counts.moments import DAY, FUTURE, LONG_AGO, NOW
from tests.petitions import factories

# --- petitions by state ---------------------------------------------------------------------------


def _city() -> SimpleNamespace:
    names = ("olena", "bohdan", "mo", "ofi", "stranger")
    at = SimpleNamespace(**{name: people.load(name) for name in names})
    at.department, at.today = people.load_department(), local_date(clock.now())
    return at


def _in_state(state: str, **fields: Any) -> Any:
    """The same petition in another state."""

    def bring(row: Petition, at: Any) -> None:
        row.total.delete()
        row.delete()
        factories.petition(at.olena, state, department=at.department, **fields)

    return bring


def _late(row: Petition, at: Any) -> None:
    """On moderation, to be published by yesterday."""
    _in_state("moderation")(row, at)
    write(Petition, Petition.objects.get().pk, publish_due_on=at.today - DAY)


def _due_today(row: Petition, at: Any) -> None:
    _in_state("moderation")(row, at)
    write(Petition, Petition.objects.get().pk, publish_due_on=at.today)


def _promise(days: int, **values: Any) -> Any:
    def bring(row: Petition, at: Any) -> None:
        _in_state("answered")(row, at)
        step = {"due_on": at.today + days * DAY, "text": "Збудувати", "by": at.mo}
        Petition.objects.get().steps.create(**{**step, **values})

    return bring


def _lists(at: Any) -> dict[str, Any]:
    return {name: desk.queue(at.mo, name) for name in desk.LISTS}


_PUBLIC = (
    "ordinary reached review agenda supported not-supported answered promised-late"
    " promised-today promised-done withdrawn not-reached"
)
_SUBMITTED = f"{_PUBLIC} moderation late due-today refused published-later"
_ANSWERED = "answered promised-late promised-today promised-done"
#: The factory's own terms: of a petition on moderation and of one that has enough signatures they
#: passed days ago.
_MODERATED = "moderation late due-today"
_LATE = "moderation late reached"
_DECIDED = "supported not-supported"

PETITIONS = Kind(
    "a petition that collects",
    _city,
    lambda at: factories.petition(at.olena, department=at.department),
    {
        "draft": _in_state("draft"),
        "moderation": _in_state("moderation"),
        "late": _late,
        "due-today": _due_today,
        "refused": _in_state("refused"),
        "published-later": {"published_at": FUTURE},
        "reached": _in_state("reached"),
        "review": _in_state("review"),
        "agenda": _in_state("agenda"),
        "supported": _in_state("supported"),
        "not-supported": _in_state("not_supported"),
        "answered": _in_state("answered"),
        "promised-late": _promise(-1),
        "promised-today": _promise(0),
        "promised-done": _promise(-1, done_on="2026-01-01"),
        "withdrawn": _in_state("withdrawn"),
        "not-reached": _in_state("not_reached"),
    },
    (
        Figure(
            "petitions/querysets.py PetitionQuerySet.published",
            lambda at: Petition.objects.published(),
            _PUBLIC,
        ),
        Figure(
            "petitions/querysets.py PetitionQuerySet.visible_to",
            lambda at: {
                "author": Petition.objects.visible_to(at.olena),
                "resident": Petition.objects.visible_to(at.bohdan),
                "moderator": Petition.objects.visible_to(at.mo),
                "stranger": Petition.objects.visible_to(at.stranger),
            },
            {
                "author": f"{_SUBMITTED} draft",
                "resident": _PUBLIC,
                "moderator": _SUBMITTED,
                "stranger": _PUBLIC,
            },
        ),
        Figure(
            "petitions/querysets.py PetitionQuerySet.worked_on_by",
            lambda at: {
                "moderator": Petition.objects.worked_on_by(at.mo),
                "officer": Petition.objects.worked_on_by(at.ofi),
                "stranger": Petition.objects.worked_on_by(at.stranger),
                "author": Petition.objects.worked_on_by(at.olena),
            },
            {"moderator": _SUBMITTED, "officer": _SUBMITTED},
        ),
        Figure(
            "petitions/querysets.py PetitionQuerySet.on_moderation",
            lambda at: Petition.objects.on_moderation(),
            _MODERATED,
        ),
        Figure(
            "petitions/querysets.py PetitionQuerySet.collecting",
            lambda at: Petition.objects.collecting(),
            "ordinary reached",
        ),
        Figure(
            "petitions/querysets.py PetitionQuerySet.answered",
            lambda at: Petition.objects.answered(),
            _ANSWERED,
        ),
        Figure(
            "petitions/querysets.py PetitionQuerySet.not_reached",
            lambda at: Petition.objects.not_reached(),
            "not-reached",
        ),
        Figure(
            "petitions/queries.py counts",
            lambda at: counts(Filters()),
            {
                "collecting": "ordinary reached",
                "awaiting": f"reached review agenda {_DECIDED}",
                "answered": _ANSWERED,
                "all": _PUBLIC,
            },
        ),
        Figure(
            "petitions/queries.py count_by_district",
            lambda at: count_by_district(Filters()),
            {"None": "ordinary reached"},
        ),
        Figure(
            "petitions/desk/queries.py counts",
            lambda at: desk.counts(at.mo),
            {
                "waiting": f"{_MODERATED} reached review agenda {_DECIDED}",
                "late": _LATE,
                "moderation": _MODERATED,
                "reached": "reached",
                "review": "review agenda",
                "decided": _DECIDED,
                "promised": "promised-late",
            },
        ),
        Figure(
            "petitions/desk/queries.py LISTS",
            _lists,
            {
                "": f"{_MODERATED} reached review agenda {_DECIDED}",
                "moderation": _MODERATED,
                "reached": "reached",
                "review": "review agenda",
                "decided": _DECIDED,
                "promised": "promised-late promised-today",
                "not_reached": "not-reached",
                "collecting": "ordinary reached",
                "answered": _ANSWERED,
                "refused": "refused",
                "withdrawn": "withdrawn",
            },
        ),
        Figure(
            "insights/indicators/measures/petitions.py count_petitions",
            lambda at: count_petitions(_period())[0].value,
            # A quarter is measured when it is over: nothing of it lies ahead.
            f"{_PUBLIC} published-later",
        ),
    ),
)


def _period() -> Period:
    """The quarter of eighteen days ago, when the factory's petitions were published."""
    return Period.of(PeriodKind.QUARTER, local_date(clock.now() - 18 * DAY))


# --- signatures -----------------------------------------------------------------------------------


def _signed_petition() -> SimpleNamespace:
    at = SimpleNamespace(olena=people.load("olena"), mo=people.load("mo"))
    at.petition = factories.petition(people.load("bohdan"))
    at.other = factories.petition(people.load("bohdan"))
    at.removal = Removal.objects.create(
        petition=at.petition, rule="single", reason="…", number=1, by=at.mo
    )
    (at.last,) = factories.signatures(at.petition, 1, wants_news=False)
    write(Signature, at.last.pk, at=NOW + DAY)
    at.last.refresh_from_db()
    return at


def _sign(at: Any) -> Signature:
    return Signature.objects.create(
        petition=at.petition,
        user=at.olena,
        wants_news=True,
        domain="viche.example",
        at=clock.now(),
    )


def _remove(row: Signature, at: Any, **objected: Any) -> None:
    write(Signature, row.pk, status=Signature.Status.REMOVED, removal=at.removal)
    if objected:
        said = {"signature": row, "removal": at.removal, "removed_by": at.mo, "text": "Чому?"}
        made = Objection.objects.create(**said)
        write(Objection, made.pk, **objected)


def _restore_objected(row: Signature, at: Any) -> None:
    _remove(row, at, text="Чому?")
    write(Signature, row.pk, status=Signature.Status.COUNTED, removal=None)


_CHECKING = {"status": Signature.Status.CHECKING, "suspicion": "hour"}
_NOBODYS = {"user": None, "mailbox": None, "name": "", "email": "", "wants_news": False}


def _suspend(row: Signature, at: Any) -> None:
    at.olena.is_active = False
    at.olena.save()


def _rehearse(at: Any) -> dict[str, int]:
    found = dry_run(at.petition, SignatureFilter(domains=("viche.example",)))
    names = ("of", "number", "counted", "waiting", "accounts", "verified")
    return {name: getattr(found, name) for name in names}


def _trends(at: Any) -> dict[str, int]:
    found = trends(at.petition, "all", now=clock.now() + 2 * DAY)
    return {
        "number": found.number,
        "marked": found.marked,
        "domain": sum(each.number for each in found.domains),
    }


_COUNTED = "ordinary no-news uncertain suspended restored long-ago"
SIGNATURES = Kind(
    "a signature that counts",
    _signed_petition,
    _sign,
    {
        "checking": _CHECKING,
        "checking-uncertain": {**_CHECKING, "mailbox_uncertain": True},
        "uncertain": {"mailbox_uncertain": True},
        "no-news": {"wants_news": False},
        "withdrawn": {"status": Signature.Status.WITHDRAWN, **_NOBODYS},
        "removed": _remove,
        "objected": lambda row, at: _remove(row, at, text="Чому?"),
        "objection-decided": lambda row, at: _remove(
            row, at, decided_at=NOW, decided_by=at.olena, upheld=False, answer="Ні."
        ),
        "restored": _restore_objected,
        "suspended": _suspend,
        "long-ago": {"at": LONG_AGO},
        "elsewhere": lambda row, at: write(Signature, row.pk, petition=at.other),
    },
    (
        Figure(
            "petitions/ledger/actions.py count",
            lambda at: asdict(count(at.petition.pk)),
            {
                "counted": _COUNTED,
                "checking": "checking checking-uncertain",
                "removed": "removed objected objection-decided",
                "withdrawn": "withdrawn",
            },
        ),
        Figure(
            "petitions/ledger/queries.py uncertain_of",
            lambda at: dict(zip(("counted", "waits"), uncertain_of(at.petition), strict=True)),
            {"counted": "uncertain", "waits": "checking-uncertain"},
        ),
        Figure(
            "petitions/starting/mine.py news",
            lambda at: listeners(at.petition.pk),
            "ordinary uncertain checking checking-uncertain restored long-ago",
        ),
        Figure(
            "petitions/defence/pages.py overview",
            lambda at: overview(at.petition, at.mo, "week")["objections"],
            "objected",
        ),
        Figure(
            "petitions/defence/pages.py overview · marks",
            lambda at: sum(row.number for row in overview(at.petition, at.mo, "all")["marks"]),
            "checking checking-uncertain",
        ),
        Figure(
            "petitions/defence/actions.py waiting_objections",
            lambda at: waiting_objections(),
            "objected",
        ),
        Figure(
            "petitions/defence/trends.py trends",
            _trends,
            {
                "number": f"{_COUNTED} checking checking-uncertain",
                "marked": "checking checking-uncertain",
                "domain": f"{_COUNTED} checking checking-uncertain",
            },
        ),
        Figure(
            "petitions/defence/dryrun.py dry_run",
            _rehearse,
            {
                "of": f"{_COUNTED} checking checking-uncertain",
                "number": f"{_COUNTED} checking checking-uncertain",
                "counted": _COUNTED,
                "waiting": "checking checking-uncertain",
                "accounts": f"{_COUNTED} checking checking-uncertain",
            },
        ),
        Figure(
            "petitions/signing/queries.py _number_of",
            lambda at: _number_of(at.last),
            # What came before the last recount stands in its total.
            _COUNTED.replace(" long-ago", ""),
        ),
        Figure(
            "insights/indicators/measures/petitions.py count_signatures",
            lambda at: count_signatures(_now())[0].value,
            f"{_COUNTED.replace(' long-ago', '')} elsewhere",
        ),
    ),
)


def _now() -> Period:
    return Period.of(PeriodKind.QUARTER, local_date(clock.now()))


PHOTOS = Kind(
    "a photograph of a petition",
    _signed_petition,
    lambda at: PetitionPhoto.objects.create(
        petition=at.petition, alt="Дорога", digest="c0ffee", width=480, height=320, widths=[480]
    ),
    {
        "removed": lambda row, at: write(
            PetitionPhoto, row.pk, removed_at=NOW, removed_by=at.mo, removed_reason="spam"
        ),
    },
    (
        Figure(
            "petitions/photos/models.py PhotoQuerySet.shown",
            lambda at: PetitionPhoto.objects.shown(),
            "ordinary",
        ),
    ),
)

KINDS = (PETITIONS, SIGNATURES, PHOTOS)
