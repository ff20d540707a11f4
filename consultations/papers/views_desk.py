"""Files and links beside the draft."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from consultations import rules
from consultations.desk.queries import frame, load_worked_on
from consultations.papers import actions
from consultations.papers.forms import AttachForm, LinkForm
from consultations.presenters import ShownConsultation
from core.domain.rules import Refused
from core.web.idempotency import idempotent


@login_required
@require_GET
def papers(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """All files and links, and the forms to add them. rules.keep_record."""
    return _page(request, load_worked_on(request, pk))


def _file_answer(request: HttpRequest, _id: int, pk: int) -> HttpResponse:
    messages.success(request, _("The file is added."))
    return redirect("desk:papers", pk)


@idempotent(_file_answer)
@login_required
@require_POST
def attach(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Add a file. rules.change_papers, uploads.accept."""
    shown = load_worked_on(request, pk)
    consultation = shown.consultation
    form = AttachForm(request.POST, request.FILES)
    if form.is_valid():
        data = form.cleaned_data
        try:
            actions.attach(
                consultation,
                by=request.user,
                title=data["title"],
                file=data["file"].file,
                kind=data["kind"],
            )
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            return _file_answer(request, pk, pk)
    return _page(request, shown, attach_form=form)


def _link_answer(request: HttpRequest, _id: int, pk: int) -> HttpResponse:
    messages.success(request, _("The link is added."))
    return redirect("desk:papers", pk)


@idempotent(_link_answer)
@login_required
@require_POST
def link(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Add a link. rules.change_papers."""
    shown = load_worked_on(request, pk)
    consultation = shown.consultation
    form = LinkForm(request.POST)
    if form.is_valid():
        with form.attempt():
            actions.add_link(consultation, by=request.user, **form.cleaned_data)
            return _link_answer(request, pk, pk)
    return _page(request, shown, link_form=form)


@login_required
@require_http_methods(["GET", "POST"])
def detach(request: AuthenticatedHttpRequest, pk: int, file_pk: int) -> HttpResponse:
    """Take a file back, after a question. rules.change_papers."""
    shown = load_worked_on(request, pk)
    consultation = shown.consultation
    attachment = get_object_or_404(consultation.attachments, pk=file_pk)
    if request.method == "POST":
        try:
            actions.detach(attachment, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The file is deleted."))
        return redirect("desk:papers", pk)
    return _question(request, shown, attachment.title, "detach", file_pk)


@login_required
@require_http_methods(["GET", "POST"])
def unlink(request: AuthenticatedHttpRequest, pk: int, link_pk: int) -> HttpResponse:
    """Take a link back, after a question. rules.change_papers."""
    shown = load_worked_on(request, pk)
    consultation = shown.consultation
    found = get_object_or_404(consultation.links, pk=link_pk)
    if request.method == "POST":
        actions.remove_link(found, by=request.user)
        messages.success(request, _("The link is deleted."))
        return redirect("desk:papers", pk)
    return _question(request, shown, found.title, "unlink", link_pk)


def _page(
    request: AuthenticatedHttpRequest, shown: ShownConsultation, **forms: Any
) -> HttpResponse:
    consultation = shown.consultation
    context = {
        **frame(shown, "papers"),
        "attachments": consultation.attachments.all(),
        "links": consultation.links.all(),
        "attach_form": AttachForm(),
        "link_form": LinkForm(),
        "may_change": rules.change_papers(request.user, consultation, now=shown.now),
        **forms,
    }
    return render(request, "consultations/desk_papers.html", context, status=422 if forms else 200)


def _question(
    request: HttpRequest, shown: ShownConsultation, title: str, name: str, pk: int
) -> HttpResponse:
    context = {
        **frame(shown, "papers"),
        "question": _("Delete “%(title)s”?") % {"title": title},
        "action": reverse(f"desk:{name}", args=[shown.pk, pk]),
        "cancel_url": reverse("desk:papers", args=[shown.pk]),
    }
    return render(request, "consultations/desk_paper_delete.html", context)
