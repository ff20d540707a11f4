"""Desk pages of the register: what staff entered, a new entry, its correction, its scan."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.data.access_log import record_access, shows_people
from accounts.http import AuthenticatedHttpRequest
from consultations import pages
from consultations.desk.queries import frame, load_worked_on
from consultations.models import Remark
from consultations.presenters import ShownConsultation
from consultations.register import actions, rules
from consultations.register.forms import DRAFTS, EnterForm, EntryForm, values_of
from consultations.register.models import ReceivedOffline, ReceivedScan
from core.db.paging import neighbours, page_of
from core.domain.rules import require
from core.export.uploads import ENDINGS
from core.web.downloads import as_download
from core.web.forms import posted_data
from core.web.idempotency import idempotent

PAGE_SIZE = 50
_WHY = "consultation.received"


@login_required
@require_GET
def register(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Proposals received otherwise than on the site, the newest first. rules.keep_record."""
    shown = load_worked_on(request, pk)
    entered = (
        ReceivedOffline.objects.filter(remark__consultation=pk)
        .select_related("remark__comment__organisation", "remark__clause")
        .defer("remark__comment__search", "remark__clause__html", "remark__clause__search")
    )
    page = page_of(entered, order=("-pk",), after=request.GET.get("after", ""), size=PAGE_SIZE)
    context = {
        **frame(shown, "register"),
        "page": page,
        **neighbours(page, request.GET),
        "kept_done": DRAFTS.keys_done(request, pk),
        "may_enter": rules.enter(request.user, shown.consultation, now=shown.now),
        "may_see_contact": rules.see_contact(request.user, shown.consultation),
    }
    return render(request, "consultations/desk_register.html", context)


def _enter_answer(request: HttpRequest, remark_id: int, pk: int) -> HttpResponse:
    get_object_or_404(Remark, pk=remark_id)
    messages.success(request, _("Entered. It gets its number within a minute."))
    return redirect(f"{reverse('desk:register', args=[pk])}?done=enter")


@idempotent(_enter_answer)
@login_required
@require_http_methods(["GET", "POST"])
def enter(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Enter a proposal. rules.enter."""
    shown = load_worked_on(request, pk)
    verdict = rules.enter(request.user, shown.consultation, now=shown.now)
    text = pages.text_shown(shown.consultation)
    form = EnterForm(posted_data(request), request.FILES or None, text=text, **_asks(shown))
    DRAFTS.keep(form, request.user.pk, "enter", pk)
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            made = actions.enter(shown.consultation, by=request.user, **form.entry())
            return _enter_answer(request, made.pk, pk)
    context = {**frame(shown, "register"), "form": form, "verdict": verdict}
    return render(request, "consultations/desk_enter.html", context, status=form.status)


@login_required
@require_http_methods(["GET", "POST"])
def entry(request: AuthenticatedHttpRequest, pk: int, remark_pk: int) -> HttpResponse:
    """An entered proposal and its correction. rules.see_contact, rules.correct."""
    shown = load_worked_on(request, pk)
    require(rules.see_contact(request.user, shown.consultation))
    received = _load_received(pk, remark_pk)
    remark = received.remark
    verdict = rules.correct(request.user, shown.consultation, remark, now=shown.now)
    form = EntryForm(
        posted_data(request), initial=values_of(received), kind=remark.kind, **_asks(shown)
    )
    DRAFTS.keep(form, request.user.pk, "entry", remark_pk)
    if "proposal" not in form.fields:
        form.fields["text"].required = True
    if request.method == "POST" and form.is_valid():
        with (
            form.attempt(),
            form.saving(shown.consultation, remark.comment, received, may=verdict),
        ):
            actions.correct(received, by=request.user, **form.cleaned_data)
            messages.success(request, _("The entry is corrected."))
            return redirect(f"{reverse('desk:register', args=[pk])}?done=entry:{remark_pk}")
    context = {
        **frame(shown, "register"),
        "received": received,
        "remark": remark,
        "has_scan": ReceivedScan.objects.filter(pk=remark_pk).exists(),
        "form": form,
        "verdict": verdict,
    }
    return render(request, "consultations/desk_entry.html", context, status=form.status)


@shows_people
@login_required
@require_POST
def contact(request: AuthenticatedHttpRequest, pk: int, remark_pk: int) -> HttpResponse:
    """Contact of an author. POST, since readers are logged. rules.see_contact."""
    shown, received = _load_contact(request, pk, remark_pk)
    context = {**frame(shown, "register"), "received": received, "remark": received.remark}
    return render(request, "consultations/desk_contact.html", context)


@shows_people
@login_required
@require_POST
def scan(request: AuthenticatedHttpRequest, pk: int, remark_pk: int) -> HttpResponse:
    """The scan of a letter, always to be saved. POST, as for the contact. rules.see_contact."""
    _shown, received = _load_contact(request, pk, remark_pk)
    found = get_object_or_404(ReceivedScan, pk=remark_pk)
    name = f"{received.remark.number or remark_pk}.{ENDINGS[found.media_type]}"
    return as_download(bytes(found.content), media_type=found.media_type, name=name)


def _load_contact(
    request: AuthenticatedHttpRequest, pk: int, remark_pk: int
) -> tuple[ShownConsultation, ReceivedOffline]:
    """The contact as an officer reads it. The author has no account and so no journal of accesses:
    the audit log keeps each reader.
    """
    shown = load_worked_on(request, pk)
    require(rules.see_contact(request.user, shown.consultation))
    received = _load_received(pk, remark_pk)
    record_access(request.user, [], _WHY)
    actions.record_contact_seen(received, by=request.user)
    return shown, received


def _asks(shown: ShownConsultation) -> dict[str, bool]:
    return {"names_with_proposals": shown.consultation.names_with_proposals}


def _load_received(consultation_id: int, remark_pk: int) -> ReceivedOffline:
    entered = ReceivedOffline.objects.filter(remark__consultation=consultation_id)
    return get_object_or_404(
        entered.select_related("remark__comment__organisation", "remark__clause", "entered_by"),
        pk=remark_pk,
    )
