"""Views of filing: what an appeal is, the form, and what an applicant gets after it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import AuthenticatedHttpRequest
from appeals import actions, terms
from appeals.filing import access, limits, queries
from appeals.filing.files import left_out
from appeals.filing.forms import MORE, PLACE, WHO, WORDS, FilingForm, known_of
from appeals.filing.kinds import KINDS, MEANINGS
from appeals.filing.presenters import ApplicantAppeal, is_registered_later
from appeals.models import Appeal
from appeals.secrets import is_secret_of, new_secret
from core.db.paging import neighbours
from core.domain import clock, idempotency_keys
from core.domain.rules import require
from core.export.qr_codes import draw_qr_code
from core.web.begun_forms import ORIGIN, TEXT, words_to_begin_with
from core.web.client_ip import client_groups
from core.web.filled_pages import filled_page
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from core.web.pages import shared_page

#: Characters of the words that an address may bring.
LONGEST_ASKED = 1000


def _no_topics() -> list[str]:
    return []


@require_safe
@shared_page(_no_topics)
def about(request: HttpRequest) -> HttpResponse:
    """Page about appeals and requests for information and their terms of answering.
    Anybody."""
    context = {
        "kinds": [(code, label, MEANINGS[code]) for code, label in KINDS],
        "forward": terms.FORWARD,
        "returned": (terms.RETURN_INSUFFICIENT, terms.RETURN_MALFORMED),
        "appeal_terms": (terms.MONTH, terms.SIMPLE, terms.EXTENDED),
        "request_terms": (terms.REQUEST, terms.URGENT, terms.REQUEST_EXTENDED),
    }
    return render(request, "appeals/about.html", context)


def _filed_answer(request: HttpRequest, appeal_id: int) -> HttpResponse:
    """The answer to a form that came twice: the same code, to the same device for as long as a
    session would show the appeal, and while the code is the appeal's; else the number, and that the
    code was shown. «Close on this device» makes the form itself worthless (access.forget).
    """
    appeal = get_object_or_404(Appeal, pk=appeal_id)
    if appeal.author_id is not None:
        return _to_own(request, appeal)
    secret = new_secret(idempotency_keys.secret("appeal"))
    is_recent = clock.now() < appeal.received_at + access.OPEN_FOR
    is_shown = is_recent and is_secret_of(appeal, secret)
    return _filed_page(request, appeal, secret if is_shown else "")


@idempotent(_filed_answer)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """File an appeal or a request. Anybody, with an account or without: rules.filing.file.

    A POST with ``begin=1`` shows the form with the words that it brings, and files nothing. So does
    an address with ``kind`` and ``text``: a request that a page of the site begins.
    """
    known: dict[str, Any] = known_of(request.user, queries.last_residence(request.user))
    words = words_to_begin_with(request)
    if words is not None:
        begun = {"kind": request.POST.get("kind", ""), TEXT: words}
        begun[ORIGIN] = request.POST.get(ORIGIN, "")
        return _form_page(request, FilingForm(by=request.user, initial=known | begun))
    known["kind"] = request.GET.get("kind", "")
    known[TEXT] = request.GET.get(TEXT, "").replace("\0", "")[:LONGEST_ASKED]
    if request.FILES:
        require(limits.SEND.spend_client(client_groups(request)))
    form = FilingForm(posted_data(request), request.FILES or None, by=request.user, initial=known)
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            fields = form.collect_arguments()
            size = sum(len(each.content) for each in fields["files"])
            require(limits.spend_filing(request, contact=form.contact, size=size))
            filed = actions.file(by=request.user, **fields)
            if filed.secret:
                has_files = bool(fields["files"])
                return _filed_page(request, filed.appeal, filed.secret, has_files=has_files)
            return _to_own(request, filed.appeal)
    return _form_page(request, form)


def _form_page(request: HttpRequest, form: FilingForm) -> HttpResponse:
    groups = {"words": WORDS, "place": PLACE, "who": WHO, "more": MORE}
    context: dict[str, Any] = {"form": form}
    for group, names in groups.items():
        context[group] = [form[name] for name in names if name in form.fields]
    return render(request, "appeals/new.html", context, status=form.status)


def _filed_page(
    request: HttpRequest, appeal: Appeal, secret: str, *, has_files: bool = True
) -> HttpResponse:
    """The page with the appeal's number and secret, shown once. Without a secret: a page that says
    it was shown. ``has_files``: whether files were sent, of which some may have been left out."""
    link = request.build_absolute_uri(reverse("appeals:find"))
    context = {
        "find_url": link,
        "registered_on": appeal.registered_on,
        "is_registered_later": is_registered_later(appeal),
        "due_at": appeal.due_at,
        "is_in_hours": appeal.term == terms.URGENT.code,
        "article": terms.term_of(appeal).article,
    }
    words = {"number": appeal.label, "secret": secret, "qr_code": "", "left_out": ""}
    if has_files and (gone := left_out(appeal.attachments.without_content())):
        facts = {"files": gone, "number": appeal.label}
        words["left_out"] = render_to_string("appeals/left_out.html", facts)
    if secret:
        title = _("QR code that opens your appeal")
        words["qr_code"] = draw_qr_code(f"{link}#{appeal.label}/{secret}", title=title)
        # The form's own token, which has just been found good.
        words |= {"email": appeal.email, "token": request.POST.get("csrfmiddlewaretoken", "")}
    return filled_page(request, "appeals/filed.html", context, words, status=201)


def _to_own(request: HttpRequest, appeal: Appeal) -> HttpResponse:
    if appeal.author_id != request.user.pk:
        raise Http404
    return redirect(f"{appeal.get_absolute_url()}?filed=1")


@login_required
@never_cache
@require_safe
def mine(request: AuthenticatedHttpRequest) -> HttpResponse:
    """One's own appeals. Anybody signed in, of themselves."""
    page = queries.mine(request.user, after=request.GET.get("after", ""))
    now = clock.now()
    context = {
        "appeals": [ApplicantAppeal(each, now) for each in page.items],
        **neighbours(page, request.GET),
    }
    return render(request, "appeals/mine.html", context)
