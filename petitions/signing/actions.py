"""Signing a petition, by an account or by mail, and taking it back (law 393/96-ВР art. 23-1)."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db.models import F

from accounts.eligibility import load_eligibility
from accounts.models import Level, User
from accounts.rules import act, sign_with_name
from core.domain import clock
from core.domain.actions import action, locked, shared
from core.domain.email_addresses import to_comparable
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import Refused, require
from petitions.defence.guarding import demand
from petitions.defence.suspicions import Suspicion, find_suspicion
from petitions.events import SignatureAsked
from petitions.models import Pending, Petition, Signature
from petitions.signing import rules, tokens
from petitions.signing.counting import recount_soon
from petitions.signing.mailbox import domain_of, former_keys_of, key_of, uncertainty
from petitions.signing.queries import is_of, signed_by
from petitions.signing.writing import Signer, write


def sign(
    petition: Petition,
    *,
    by: User,
    address: str,
    name_withheld: bool = False,
    wants_news: bool = False,
    proof: str = "",
) -> Signature:
    """Sign as the person that one is signed in as.

    ``address``: the client's (core.web.client_ip). ``name_withheld`` keeps their name off the
    public list; ``wants_news``: mails tell them what becomes of it. Over a limit of
    petitions.defence it is accepted as well, and waits for a check (``status``).
    ``petition.procedure`` must have been read. ``proof``: the solved task that a guarded petition
    asks for. Call it outside of an action.

    Refuses by rules.sign, accounts.rules.sign_with_name and petitions.defence.guarding.demand, and
    with ``petition.not_open``, ``petition.signed_already``, ``petition.signature_removed``. Emits
    nothing: whoever shows a total counts.
    """
    procedure = petition.procedure
    eligibility = None if procedure.requirement.asks_nothing else load_eligibility(by)
    require(rules.sign(by, procedure, eligibility=eligibility, name_withheld=name_withheld))
    require(sign_with_name(by))
    email = by.email or ""
    signer = Signer(
        user_id=by.pk,
        mailbox=key_of(petition.pk, email) if email else None,
        former=tuple(former_keys_of(petition.pk, email)) if email else (),
        name_withheld=name_withheld,
        wants_news=wants_news,
    )
    unproved = demand(petition, by=by, given=proof)
    is_identified = procedure.requirement.level > Level.LOW
    found = find_suspicion(petition.pk, address=address, email=email, is_identified=is_identified)
    return write(petition.pk, signer, found.with_suspicion(unproved))


def ask(
    petition: Petition,
    *,
    name: str,
    email: str,
    address: str,
    language: str,
    by: User | None = None,
    name_withheld: bool = False,
    wants_news: bool = False,
) -> Pending:
    """Ask to sign by mail: a link and a code go to ``email``, in ``language``.

    What comes back is the same whether the mailbox has signed already or not; the mail tells.
    ``name`` is how the list of signatories shows them. ``by``: as whom one is signed in; mails to
    one's own address have an allowance that strangers cannot use up. Call it outside of an action.

    Refuses by rules.sign_by_mail, and with ``petition.not_open``. Emits SignatureAsked.
    """
    require(rules.sign_by_mail(petition.procedure, name_withheld=name_withheld))
    require(rules.be_open(petition, now=clock.now()))
    is_own = by is not None and to_comparable(email) == to_comparable(by.email or "")
    found = find_suspicion(petition.pk, address=address, email=email)
    with action():
        fresh, now = shared(petition)
        require(rules.be_open(fresh, now=now))
        asked = Pending.objects.create(
            petition=petition,
            name=name,
            email=email,
            mailbox=key_of(petition.pk, email),
            name_withheld=name_withheld,
            wants_news=wants_news,
            language=language,
            suspicion=found.suspicion,
            network=found.network,
            expires_at=now + timedelta(hours=settings.SIGNATURE_LINK_HOURS),
        )
        created(asked)
        emit(SignatureAsked(petition.pk, asked.pk, by.pk if by is not None and is_own else None))
        return asked


def send_again(asked: Pending) -> None:
    """Send the mail once more, with the same link and code.

    Refuses by rules.send_again. Emits SignatureAsked.
    """
    with action():
        fresh = _waiting(asked)
        require(rules.send_again(fresh, now=clock.now()))
        fresh.sent += 1
        fresh.save(update_fields=["sent"])
        emit(SignatureAsked(fresh.petition_id, fresh.pk))


def confirm_by_code(asked: Pending, *, code: str) -> Signature:
    """Sign by entering the code of the mail. Tries are counted before they are compared, so that
    parallel guesses are few too. Call it outside of an action.

    Refuses with ``petition.no_more_tries``, ``petition.wrong_code``, and as ``confirm`` does.
    """
    tried = Pending.objects.filter(pk=asked.pk, tries__lt=rules.MOST_TRIES)
    if not tried.update(tries=F("tries") + 1):
        gone = not Pending.objects.filter(pk=asked.pk).exists()
        raise Refused(rules.LINK_EXPIRED if gone else rules.NO_MORE_TRIES)
    if not tokens.is_code_of(asked, code):
        raise Refused(rules.WRONG_CODE)
    return confirm(asked)


def confirm(asked: Pending) -> Signature:
    """Sign: who asked has proved that they read the mailbox (the caller has seen the token).

    An account with this address is theirs too, and signs with it: it cannot sign once more. What
    else was asked for this mailbox and petition is forgotten.

    Refuses by rules.sign_by_mail and accounts.rules.act, and with ``petition.link_expired``,
    ``petition.not_open``, ``petition.signed_already``, ``petition.signature_removed``. Emits
    nothing.
    """
    with action():
        fresh = _waiting(asked)
        if fresh.expires_at <= clock.now():
            raise Refused(rules.LINK_EXPIRED)
        require(rules.sign_by_mail(fresh.petition.procedure, name_withheld=fresh.name_withheld))
        account = User.objects.of_email(fresh.email).first()
        if account is not None:
            require(act(account))
        signer = Signer(
            user_id=account.pk if account else None,
            mailbox=bytes(fresh.mailbox),
            former=tuple(former_keys_of(fresh.petition_id, fresh.email)),
            email="" if account else fresh.email,
            name=fresh.name,
            name_withheld=fresh.name_withheld,
            wants_news=fresh.wants_news,
        )
        found = Suspicion(
            fresh.suspicion,
            fresh.network,
            domain_of(fresh.email)[:100],
            mailbox_uncertain=bool(uncertainty(fresh.email)),
        )
        made = write(fresh.petition_id, signer, found)
        Pending.objects.filter(petition=fresh.petition_id, mailbox=fresh.mailbox).delete()
        return made


def take_back(signature: Signature, *, by: User | None) -> None:
    """Take one's signature back; what it said of them is gone with it, and they may sign again.

    ``by``: whose account it is; None for who came by the link of the signature's own page (the
    caller has seen the token). Refuses by rules.take_back. Emits nothing; a recount follows.
    """
    with action():
        petition, now = shared(Petition(pk=signature.petition_id))
        fresh = Signature.objects.select_for_update(no_key=True).get(pk=signature.pk)
        is_own = by is None or is_of(fresh, by)
        require(rules.take_back(fresh, petition, now=now, is_own=is_own))
        withdraw_rows([fresh])
        recount_soon(petition.pk)


def withdraw_rows(signatures: list[Signature]) -> None:
    """Make rows nobody's (under their locks). The caller sees to a recount."""
    Signature.objects.filter(pk__in=[each.pk for each in signatures]).update(
        status=Signature.Status.WITHDRAWN,
        user=None,
        mailbox=None,
        email="",
        name="",
        name_withheld=False,
        wants_news=False,
        suspicion="",
        removal=None,
        network=None,
        domain="",
        mailbox_uncertain=False,
    )


def _waiting(asked: Pending) -> Pending:
    """Under its lock, and that of all else that was asked for the mailbox: whoever confirms one
    forgets the others, so two at once have to come in one order."""
    rows = Pending.objects.select_related("petition__procedure").select_for_update(of=("self",))
    of_mailbox = rows.filter(petition=asked.petition_id, mailbox=asked.mailbox).order_by("pk")
    fresh = next((each for each in of_mailbox if each.pk == asked.pk), None)
    if fresh is None:
        raise Refused(rules.LINK_EXPIRED)
    return fresh


def listen(signature: Signature, *, wants_news: bool) -> Signature:
    """Send a signer news and answers from now on, or no more, also not what is on its way.

    Anybody who has the signature's token (the caller has seen it). Emits nothing. A signature that
    was taken back is nobody's, and stays as it is.
    """
    with action():
        signature = locked(signature)
        if signature.status != Signature.Status.WITHDRAWN:
            signature.wants_news = wants_news
            signature.save(update_fields=["wants_news"])
        return signature


def adopt(user: User) -> None:
    """Make what somebody signed by mail from their mailbox their account's as well: an account that
    loses its address is known by nothing else. What it has signed itself is left alone."""
    nobodys = signed_by(user).filter(user=None)
    own = Signature.objects.filter(user=user).values("petition")
    nobodys.exclude(petition__in=own).update(user=user)


def count_once(kept: User, gone: User) -> None:
    """Give ``kept`` what ``gone`` has signed, by account or by mail. Where both have signed, the
    signature of ``kept`` stands as it is and the other is taken back; a recount follows.

    Of an account that was erased nothing is shown under the name that ``kept`` goes by: they did
    not want it under theirs. Call it inside the action that joins the two.
    """
    adopt(kept)
    signed = set(Signature.objects.filter(user=kept).values_list("petition", flat=True))
    double: list[Signature] = []
    once: list[Signature] = []
    for signature in signed_by(gone).order_by("pk"):
        (double if signature.petition_id in signed else once).append(signature)
        signed.add(signature.petition_id)
    withdraw_rows(double)
    moved = Signature.objects.filter(pk__in=[signature.pk for signature in once])
    if gone.erased_at:
        moved.update(user=kept, name_withheld=True)
    else:
        moved.update(user=kept)
    for signature in double:
        recount_soon(signature.petition_id)
