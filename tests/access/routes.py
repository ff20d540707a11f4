"""Every address of the site, read from its own tables of addresses, and what each may be about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.invitations.tokens import token_of as staff_token_of
from city.maps.tiles import tiles_path, tiles_version
from city.models import Council, MartialLawPeriod
from consultations.evidence.actions import renew
from consultations.evidence.kinds import Why
from consultations.evidence.making import make_bundle, make_public_bundle
from consultations.evidence.models import EvidenceBundle
from consultations.models import Place, State
from core.audit_log.beginning import begin_record
from core.audit_log.chaining import chain_entries
from core.models import AuditLink
from notifications.sending.unsubscribing import unsubscribe_path
from organisations.mandates.tokens import token_of
from petitions.models import State as PetitionState
from petitions.signing.tokens import token_of_mails as token_of_mails
from tests.access import (
    appeals_desk,
    appeals_filing,
    channels,
    checklist,
    decisions,
    defence,
    dispositions,
    documents,
    following,
    indicators,
    insights,
    meetings,
    meetings_desk,
    meetings_public,
    meetings_registered,
    meetings_special,
    newsroom,
    opendata,
    petitions,
    pictures,
    polls,
    press,
    published,
    services,
    signing,
    talk,
    tracks,
)
from tests.access.city import City
from tests.city.maps.tiles import write_tiles
from tests.core.audit.days import stamped, yesterdays_head
from tests.operation.failed_jobs.jobs import fail_job

#: What a route leads to -> the arguments of its address. The first is the plainest.
Things = dict[str, tuple[Any, ...]]
Parameters = tuple[str, ...]


def names(
    patterns: Any = None, prefix: str = "", before: Parameters = ()
) -> Iterator[tuple[str, Parameters]]:
    """The name of each route with those of its parameters; of an unnamed one, its pattern."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if str(pattern.pattern).startswith("dev/"):
            continue  # there with DEBUG alone, which a test's settings may or may not have had
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from names(pattern.url_patterns, inner, (*before, *pattern.pattern.converters))
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name or ''}", (*before, *pattern.pattern.converters)


def things(city: City, name: str, parameters: Parameters) -> Things:
    """What the route may lead to, by a word for each. Raises LookupError for an unknown route."""
    if not parameters and (name not in ABOUT or name.endswith(":")):
        return {"": ()}
    room = name.rpartition(":")[0]
    found = ABOUT.get(name) or ABOUT.get(f"{room}:")
    if found is None:
        raise LookupError(f"What is {name} {parameters} about? Say it in tests/access/routes.py")
    return found(city, parameters)


def addresses(city: City) -> dict[str, str]:
    """Route's name -> its address for the plainest thing that it leads to."""
    return {
        name: reverse(name, args=next(iter(things(city, name, parameters).values())))
        for name, parameters in names()
        if not name.endswith(":")
    }


# --- What there is ----------------------------------------------------------------------------


def _consultation(city: City) -> Things:
    states = {"open": State.OPEN, "draft": State.PREPARING, "closed": State.CLOSED}
    found: Things = {label: (city.by_state[state].pk,) for label, state in states.items()}
    return {**found, "withdrawn": (city.by_state[State.WITHDRAWN].pk,)}


def _noted(city: City, _parameters: Parameters) -> Things:
    petition = city.petitions[PetitionState.COLLECTING]
    return {
        "consultation": ("consultation", city.opened.pk),
        "row": ("remark", city.shown.pk),
        "deleted": ("remark", city.deleted.pk),
        "petition": ("petition", petition.pk),
        "no such kind": ("draft", city.opened.pk),
    }


def _remark(city: City) -> Things:
    opened = city.opened.pk
    return {
        "shown": (opened, city.shown.pk),
        "hidden": (opened, city.hidden.pk),
        "deleted": (opened, city.deleted.pk),
        "reply": (opened, city.reply.pk),
        "astray": (city.by_state[State.CLOSED].pk, city.shown.pk),
        "waiting": _waiting(city)["bohdan's"],
    }


def _entered(city: City, _parameters: Parameters) -> Things:
    opened = city.opened.pk
    return {
        "letter": (opened, city.entered.pk),
        "said on the site": (opened, city.shown.pk),
        "astray": (city.by_state[State.CLOSED].pk, city.entered.pk),
    }


def _repeat(city: City, _parameters: Parameters) -> Things:
    opened = city.opened.pk
    return {
        "folded": (opened, city.shown.pk, city.entered.pk),
        "astray": (city.by_state[State.CLOSED].pk, city.shown.pk, city.entered.pk),
    }


def _waiting(city: City) -> Things:
    kept = city.registers
    pk = kept.waiting_remark.pk
    return {"bohdan's": (kept.business.pk, pk), "astray": (city.opened.pk, pk)}


def _place(city: City, _parameters: Parameters) -> Things:
    said = city.shown
    place, _made = Place.objects.get_or_create(
        remark=said, version_id=city.clause.version_id, clause=city.clause, method="clause"
    )
    return {
        "olena's": (city.opened.pk, said.pk, place.pk),
        "astray": (city.opened.pk, city.hidden.pk, place.pk),
    }


def _mails_of_participant(city: City, _parameters: Parameters) -> Things:
    opened, olena = city.opened.pk, city.people["olena"].pk
    path = unsubscribe_path(olena, opened)
    return {
        "a mail's": (opened, olena, path.rstrip("/").rpartition("/")[2]),
        "forged": (opened, olena, "0" * 40),
    }


def _answer(city: City, _parameters: Parameters) -> Things:
    opened, reply = city.opened.pk, city.shown.comment.answers.get(is_official=True).pk
    return {
        "official": (opened, city.shown.pk, reply),
        "reply": (opened, city.shown.pk, city.reply.pk),
        "astray": (city.by_state[State.CLOSED].pk, city.shown.pk, reply),
    }


def _clause(city: City) -> Things:
    opened = city.opened.pk
    return {
        "preview": (opened, city.preview.pk),
        "published": (opened, city.clause.pk),
        "astray": (city.by_state[State.CLOSED].pk, city.preview.pk),
    }


def _revision(city: City) -> Things:
    return {
        "preview": (city.opened.pk, city.revision),
        "astray": (city.by_state[State.CLOSED].pk, city.revision),
    }


def _report(city: City, _parameters: Parameters) -> Things:
    return {"reported": (city.by_state[State.REPORTED].pk,), **_consultation(city)}


def _report_version(city: City, _parameters: Parameters) -> Things:
    saved = city.opened.report.versions.get().pk
    return {
        "open": (city.opened.pk, saved),
        "astray": (city.by_state[State.CLOSED].pk, saved),
    }


def _paper(city: City, pk: int) -> Things:
    return {"open": (city.opened.pk, pk), "astray": (city.by_state[State.CLOSED].pk, pk)}


def _consultations(city: City, parameters: Parameters) -> Things:
    last = parameters[-1]
    if last in ("file_pk", "link_pk"):
        return _paper(city, getattr(city, last))
    if last == "organisation":
        return _organisations(city, parameters)
    if last == "petition":
        return _petitions(city, ("pk",))
    if last == "poll":
        return polls.things(city, parameters)
    if last == "meeting":
        return meetings.meetings(city, parameters)
    if last == "document":
        return documents.things(city, parameters)
    if last == "service":
        return services.things(city, parameters)
    if last == "article":
        return newsroom.articles(city, parameters)
    if last == "appeal":
        return appeals_filing.ABOUT[""](city, parameters)
    if last == "act":
        return press.ABOUT["acts:act"](city, parameters)
    if last == "answer":
        return published.ABOUT["appeals:answer"](city, parameters)
    kinds: dict[str, Callable[[City], Things]] = {
        "pk": _consultation,
        "consultation": _consultation,
        "remark": _remark,
        "remark_pk": _remark,
        "waiting_pk": _waiting,
        "clause_pk": _clause,
        "revision_pk": _revision,
        "place_pk": lambda city: _place(city, parameters),
    }
    return kinds[last](city)


def _comments(city: City, _parameters: Parameters) -> Things:
    return {
        "shown": (city.shown.pk,),
        "hidden": (city.hidden.pk,),
        "deleted": (city.deleted.pk,),
        "reply": (city.reply.pk,),
    }


def _petitions(city: City, parameters: Parameters) -> Things:
    if parameters != ("pk",):
        raise LookupError(f"What of a petition is {parameters}? Say it in tests/access/routes.py")
    states = ("collecting", "draft", "moderation", "refused")
    return {state: (city.petitions[state].pk,) for state in states}


def _mails_of_signer(city: City, _parameters: Parameters) -> Things:
    signed = city.cases.signature
    args = (signed.petition_id, signed.pk)
    return {"a mail's": (*args, token_of_mails(signed)), "forged": (*args, "0" * 40)}


def _districts(city: City, _parameters: tuple[str, ...]) -> dict[str, tuple[Any, ...]]:
    return {"used": (city.registers.district.slug,), "unknown": ("nowhere",)}


def _files(city: City, _parameters: Parameters) -> Things:
    return {"open": (city.file_pk, "a.pdf"), "draft": (city.prepared_file_pk, "a.pdf")}


def _mail(_city: City, _parameters: Parameters) -> Things:
    return {"none": (f"{0:020}-{0:08}.eml",)}


def _organisations(city: City, _parameters: Parameters) -> Things:
    kept = city.registers
    return {
        "confirmed": (kept.confirmed.pk,),
        "waiting": (kept.waiting.pk,),
        "closed": (kept.closed.pk,),
    }


def _acted_for(city: City, parameters: Parameters) -> Things:
    kept = city.registers
    last, confirmed = parameters[-1], kept.confirmed.pk
    if last == "token":
        asked = kept.invitation
        return {"olena's": (asked.pk, token_of(asked)), "forged": (asked.pk, "0" * 64)}
    if last == "pk":
        return _organisations(city, parameters)
    pk = kept.mandate.pk if last == "mandate_pk" else kept.invitation.pk
    return {"confirmed": (confirmed, pk), "astray": (kept.waiting.pk, pk)}


def _invited(city: City, _parameters: Parameters) -> Things:
    asked = city.registers.staff_invitation
    return {"olena's": (asked.pk, staff_token_of(asked)), "forged": (asked.pk, "0" * 64)}


def _costs(city: City, parameters: Parameters) -> Things:
    kept = city.registers
    if parameters[-1] == "cost_pk":
        return {"firm's": (kept.business.pk, kept.cost.pk)}
    return {"business": (kept.business.pk,), "others": (city.opened.pk,)}


def _one(of: str, label: str) -> Callable[[City, Parameters], Things]:
    """A thing of the registers, by the path of its key."""

    def found(city: City, _parameters: Parameters) -> Things:
        return {label: (attrgetter(of)(city.registers),)}

    return found


def _people(city: City, _parameters: Parameters) -> Things:
    return {
        "a resident": (city.people["olena"].pk,),
        "an officer": (city.people["ofi"].pk,),
    }


def _provider(_city: City, _parameters: Parameters) -> Things:
    return {"id.gov.ua": ("idgov",), "unknown": ("nowhere",)}


#: A route, or a room of routes («desk:») -> what its addresses are about.
def _procedure(city: City, _parameters: Parameters) -> Things:
    return {"in use": (city.opened.procedure_id,)}


def _city_rows(city: City, _parameters: Parameters) -> Things:
    used, free = city.registers.district, city.registers.unused
    return {"unused": ("districts", free.pk), "used": ("districts", used.pk)}


def _period(_city: City, _parameters: Parameters) -> Things:
    return {"": (MartialLawPeriod.objects.get().pk,)}


def _tiles(_city: City, _parameters: Parameters) -> Things:
    write_tiles(tiles_path())
    return {"newest": (tiles_version(),), "former": ("former",)}


def _council(column: str) -> Callable[[City, Parameters], Things]:
    def found(_city: City, _parameters: Parameters) -> Things:
        return {"": (getattr(Council.objects.get(), column),)}

    return found


def _link(_city: City, _parameters: Parameters) -> Things:
    chain_entries()
    return {"": (AuditLink.objects.latest("number").pk,)}


def _day(_city: City, _parameters: Parameters) -> Things:
    return {"yesterday": (yesterdays_head().day,)}


def _anchor(_city: City, _parameters: Parameters) -> Things:
    head = yesterdays_head()
    return {"time-stamp": (stamped(head).pk,)}


def _bundle(city: City, _parameters: Parameters) -> Things:
    begin_record()
    bundle = EvidenceBundle.objects.create(consultation=city.opened, by=city.people["ofi"])
    make_bundle(bundle.pk)
    return {"open": (city.opened.pk, bundle.pk)}


def _own_said(city: City, _parameters: Parameters) -> Things:
    """Olena's remark, and Bohdan's reply to it."""
    return {
        "shown": (city.opened.pk, city.shown.pk),
        "reply": (city.opened.pk, city.reply.pk),
        "astray": (city.by_state[State.CLOSED].pk, city.shown.pk),
    }


def _failed_job(_city: City, _parameters: Parameters) -> Things:
    return {"failed": (fail_job().pk,), "due": (fail_job("todo").pk,)}


def _public_bundle(city: City, _parameters: Parameters) -> Things:
    begin_record()
    renew(city.opened.pk, Why.FIRST)
    make_public_bundle(city.opened.pk)
    return {"made": (city.opened.pk,), **_consultations(city, _parameters)}


ABOUT: dict[str, Callable[[City, Parameters], Things]] = {
    "consultations:evidence_file": _public_bundle,
    "desk:bundle": _bundle,
    "audit:link": _link,
    "state_desk:": _failed_job,
    **dict.fromkeys(("audit:head", "audit:head_file", "audit_desk:seal"), _day),
    **dict.fromkeys(("audit:anchor", "audit:anchor_request"), _anchor),
    "consultations:": _consultations,
    "consultations:costs": _costs,
    "consultations:take_name_off": _own_said,
    "consultations:say_cost": _costs,
    **dict.fromkeys(
        (
            *("consultations:report", "consultations:report_manifest"),
            *("consultations:report_docx", "consultations:report_pdf"),
            *("desk:publish_report", "desk:report_progress"),
        ),
        _report,
    ),
    **dict.fromkeys(
        ("desk:report_preview_docx", "desk:report_preview_pdf"),
        lambda city, _parameters: {"open": (city.opened.pk,)},
    ),
    "desk:restore_report": _report_version,
    "consultations:take_back_cost": _costs,
    "desk:": _consultations,
    "desk:correct": _answer,
    **decisions.ABOUT,
    **checklist.ABOUT,
    **tracks.ABOUT,
    "desk:procedure": _procedure,
    "desk:force_procedure": _procedure,
    "desk:entry": _entered,
    "desk:sheet": lambda city, _parameters: {"ofi's": (city.opened.pk, city.sheet_import)},
    "desk:unfold": _repeat,
    "desk:fold": _repeat,
    "desk:contact": _entered,
    "desk:scan": _entered,
    "city_desk:rows": lambda city, _parameters: {"districts": ("districts",)},
    "city_desk:new_row": lambda city, _parameters: {"districts": ("districts",)},
    "city_desk:paste": lambda city, _parameters: {
        "districts": ("districts",),
        "streets": ("streets",),
    },
    "city_desk:": _city_rows,
    "city_desk:period": _period,
    "map-tiles": _tiles,
    "council-arms": _council("arms_version"),
    "verifier-file": lambda _city, _parameters: {"": ("verify.html",), "other": ("README.md",)},
    "council-colours": _council("colours_version"),
    "council-display-colours": _council("colours_version"),
    "desk:costs": _costs,
    **{f"desk:{name}": about for name, about in dispositions.ABOUT.items()},
    "notes:write": _noted,
    "notes:withdraw": lambda city, _names: {"ofi's": (city.staff_note.pk,)},
    "desk:costs_csv": _costs,
    "api:": _consultations,
    "api:organisation": _organisations,
    "portal:organisation": _organisations,
    **dict.fromkeys(("portal:district", "portal:district_card"), _districts),
    "organisations:": _acted_for,
    "organisations_desk:": _organisations,
    "organisations_desk:amendment": _one("amendment.pk", "bohdan's"),
    "petitions:": _petitions,
    "petitions:answer": petitions.things("answered", "collecting", "draft"),
    **{f"petitions:{name}": about for name, about in talk.ABOUT.items()},
    **{f"petitions:{name}": about for name, about in signing.ABOUT.items()},
    "petitions:unsubscribe": _mails_of_signer,
    "notifications:unsubscribe": _mails_of_participant,
    **following.ABOUT,
    **channels.ABOUT,
    "petitions:objection_by_link": defence.by_link,
    **{f"petitions_desk:{name}": about for name, about in petitions.ABOUT.items()},
    **{f"petitions_desk:{name}": about for name, about in defence.ABOUT.items()},
    **{f"appeals_desk:{name}": about for name, about in appeals_desk.ABOUT.items()},
    **published.ABOUT,
    **meetings.ABOUT,
    **meetings_desk.ABOUT,
    **meetings_public.ABOUT,
    **meetings_registered.ABOUT,
    **meetings_special.ABOUT,
    **press.ABOUT,
    **indicators.ABOUT,
    **insights.ABOUT,
    **newsroom.ABOUT,
    **services.ABOUT,
    **documents.ABOUT,
    **pictures.ABOUT,
    **{f"appeals:{name}": about for name, about in appeals_filing.ABOUT.items()},
    "votes:": polls.things,
    "embed:meeting": meetings_public.ABOUT["meetings:"],
    "embed:consultation": _consultations,
    "embed:poll": polls.things,
    "embed:petition_card": _petitions,
    "embed:consultation_card": _consultations,
    "embed:poll_card": polls.things,
    **opendata.ABOUT,
    "votes:texts": polls.questions,
    "votes:picture": polls.pictures,
    "votes_desk:": polls.things,
    **{f"votes_desk:{name}": about for name, about in polls.ABOUT.items()},
    "moderation:": _comments,
    "moderation:hold": lambda city, _names: _consultation(city),
    "moderation:hold_no_more": lambda city, _names: _consultation(city),
    "moderation:decide_contest": lambda city, _names: {"bohdan's": (city.contest.pk,)},
    "moderation:remove_word": lambda city, _names: {"": (city.word.pk,)},
    "moderation:remove_reason": lambda city, _names: {"": (city.saved_reason.pk,)},
    "moderation:show_text": polls.texts,
    "moderation:hide_text": polls.texts,
    "file": _files,
    "tokens:": _one("token.pk", "the author's"),
    "my_data_download": _one("export.pk", "the author's"),
    "my_data_end": _one("export.pk", "the author's"),
    "mfa_edit_webauthn": _one("passkey_pk", "ofi's"),
    "mfa_remove_webauthn": _one("passkey_pk", "ofi's"),
    "people:": _people,
    "people:print_again": _one("letters.pk", "ofi's"),
    "people:list": _one("check_list.pk", "ofi's"),
    "people:confirm": _one("check_list.pk", "ofi's"),
    "people:decline": _one("check_list.pk", "ofi's"),
    "identity:": _provider,
    "staff:": _people,
    "staff:revoke": _one("grant.pk", "mo's"),
    "staff:hand_over": _one("hand_over.pk", "ofi's"),
    "staff:revoke_invitation": _one("staff_invitation.pk", "olena's"),
    "staff_invitations:": _invited,
    "staff:end_cover": _one("absence.pk", "mo's"),
    "kept_mail_detail": _mail,
}
