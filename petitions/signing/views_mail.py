"""Views of signing by mail (form, code, link, a signature's page), and of stopping mails.

Nothing here tells whether an address has signed or has an account: every answer to the form is the
same, and the mail tells the rest to whoever reads the mailbox. No GET confirms anything, because
the scanners of mail servers follow links.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from accounts.limits import per_client
from core.domain import clock
from core.domain.rules import Refused
from core.web.client_ip import client_ip
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from petitions import limits
from petitions.models import Pending, Petition, Signature
from petitions.signing import actions, queries, rules, tokens
from petitions.signing.forms import CodeForm, MailForm, chosen_options
from petitions.signing.views import petition_to_sign


def _asked_answer(request: HttpRequest, asked_id: int, pk: int) -> HttpResponse:
    return _to_code(get_object_or_404(Pending, pk=asked_id))


def _to_code(asked: Pending) -> HttpResponse:
    handle = tokens.handle_of(asked)
    return redirect("petitions:sign_code", asked.petition_id, asked.pk, handle)


@idempotent(_asked_answer)
@require_http_methods(["GET", "POST"])
@per_client(limits.ASK)
@per_client(limits.ASK_IN_A_DAY)
def sign_by_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the mail with the link. Anybody, where the petition's rules let (sign_by_mail).

    Whoever is signed in signs with their account, unless a guarded petition's task keeps them from
    it.
    """
    petition = petition_to_sign(request, pk)
    user, known = request.user, {}
    if user.is_authenticated:
        if petition.guarded_since is None:
            return redirect("petitions:sign", pk)
        known = {"name": user.get_full_name(), "email": user.email}
    form = MailForm(posted_data(request), procedure=petition.procedure, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            asked = actions.ask(
                petition,
                name=form.cleaned_data["name"],
                email=form.cleaned_data["email"],
                address=client_ip(request),
                language=get_language() or "uk",
                by=user if user.is_authenticated else None,
                **chosen_options(request.POST),
            )
        except Refused as refusal:
            form.refuse(refusal.verdict)
        else:
            return _to_code(asked)
    may = rules.sign_by_mail(petition.procedure) and rules.be_open(petition, now=clock.now())
    context = {
        "petition": petition,
        "form": form,
        "may_sign": may,
    }
    return render(request, "petitions/sign_by_mail.html", context, status=form.status)


@never_cache
@require_http_methods(["GET", "POST"])
@per_client(limits.CODES)
def sign_code(request: HttpRequest, pk: int, asked_pk: int, token: str) -> HttpResponse:
    """Say that a mail has gone, and take its code. Who has asked, in this browser."""
    petition = petition_to_sign(request, pk)
    asked = _find_pending(petition, asked_pk)
    if asked is None or not tokens.fits(tokens.handle_of(asked), token):
        return _expired_page(request, petition)
    form = CodeForm(posted_data(request))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            made = actions.confirm_by_code(asked, code=form.cleaned_data["code"])
            return _to_own_page(made)
    context = {
        "petition": petition,
        "asked": asked,
        "token": token,
        "form": form,
        "may_send_again": rules.send_again(asked, now=clock.now()),
    }
    return render(request, "petitions/sign_code.html", context, status=form.status)


@require_POST
@per_client(limits.ASK)
@per_client(limits.ASK_IN_A_DAY)
def send_again(request: HttpRequest, pk: int, asked_pk: int, token: str) -> HttpResponse:
    """Send the mail once more. Who has asked, in this browser."""
    petition = petition_to_sign(request, pk)
    asked = _find_pending(petition, asked_pk)
    if asked is None or not tokens.fits(tokens.handle_of(asked), token):
        return _expired_page(request, petition)
    actions.send_again(asked)
    return redirect("petitions:sign_code", pk, asked_pk, token)


@never_cache
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, pk: int, asked_pk: int, token: str) -> HttpResponse:
    """The link of the mail: GET shows what will be signed, POST signs. Who reads the mailbox."""
    petition = petition_to_sign(request, pk)
    asked = _find_pending(petition, asked_pk)
    if asked is None or not tokens.fits(tokens.link_of(asked), token):
        return _expired_page(request, petition)
    if request.method == "POST":
        return _to_own_page(actions.confirm(asked))
    context = {"petition": petition, "asked": asked, "token": token}
    return render(request, "petitions/sign_confirm.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def signature(request: HttpRequest, pk: int, signature_pk: int, token: str) -> HttpResponse:
    """A signature's own page: whether it counts; POST takes it back. Who has its link."""
    petition = petition_to_sign(request, pk)
    found = get_object_or_404(Signature.objects.filter(petition=petition), pk=signature_pk)
    if not tokens.fits(tokens.page_of_signature(found), token):
        raise Http404
    if request.method == "POST":
        actions.take_back(found, by=None)
        return render(request, "petitions/unsigned.html", {"petition": petition})
    may = rules.take_back(found, petition, now=clock.now(), is_own=True)
    context = {
        "petition": petition,
        "may_take_back": may,
        "token": token,
        **queries.facts(found),
        **queries.thanks(found, now=clock.now()),
    }
    return render(request, "petitions/signature.html", context)


def _find_pending(petition: Petition, asked_pk: int) -> Pending | None:
    """Find a signature that waits for its confirmation, and has not expired."""
    waiting = Pending.objects.filter(petition=petition, expires_at__gt=clock.Now())
    return waiting.filter(pk=asked_pk).first()


def _expired_page(request: HttpRequest, petition: Petition) -> HttpResponse:
    """Used, expired, or never made: one answer to all (404)."""
    context = {"petition": petition, "verdict": rules.LINK_EXPIRED}
    return render(request, "petitions/sign_link_expired.html", context, status=404)


def _to_own_page(made: Signature) -> HttpResponse:
    token = tokens.page_of_signature(made)
    return redirect("petitions:signature", made.petition_id, made.pk, token)


# Without a token against forgery: the program of whoever reads the mail sends the form, with no
# cookie and no page before it (RFC 8058). The secret is in the address.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def unsubscribe(request: HttpRequest, pk: int, signature_pk: int, token: str) -> HttpResponse:
    """GET asks with a button and changes nothing; POST stops the mails, or, with ``again``, lets
    them come. Who has the link. No redirect: programs do not follow it with their form."""
    petition = get_object_or_404(Petition.objects.published(), pk=pk)
    signature = get_object_or_404(Signature.objects.filter(petition=pk), pk=signature_pk)
    if not tokens.fits(tokens.token_of_mails(signature), token):
        raise Http404
    if request.method == "POST":
        signature = actions.listen(signature, wants_news="again" in request.POST)
    context = {
        "petition": petition,
        "signature": signature,
        "is_done": request.method == "POST",
    }
    return render(request, "petitions/unsubscribe.html", context)
