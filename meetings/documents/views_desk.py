"""Documents of a meeting at the desk: the list, adding, removing."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.http import AuthenticatedHttpRequest
from core.domain.rules import require
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from meetings.documents import actions, rules
from meetings.documents.forms import DocumentForm, RemoveForm
from meetings.documents.queries import documents_of
from meetings.models import MeetingDocument
from meetings.planning.views_desk import meeting_to_work_on


@login_required
@require_GET
def documents(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """All documents, by item. rules.roles.run."""
    shown = meeting_to_work_on(request, pk)
    meeting = shown.meeting
    found = documents_of(meeting)
    items = meeting.items.order_by("order") if found else meeting.items.none()
    context = shown.context(
        whole=found.get(None, ()),
        by_item=[(item, found[item.pk]) for item in items if item.pk in found],
        may_change=rules.change(request.user, meeting),
    )
    return render(request, "meetings/desk_documents.html", context)


def _redirect_added(request: HttpRequest, _id: int, pk: int) -> HttpResponse:
    messages.success(request, _("The document is added."))
    return redirect("meetings_desk:documents", pk)


@idempotent(_redirect_added)
@login_required
@require_http_methods(["GET", "POST"])
def new_document(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Add a document. rules.add, uploads.accept."""
    shown = meeting_to_work_on(request, pk)
    meeting = shown.meeting
    if request.method == "GET":
        require(rules.change(request.user, meeting))
    form = DocumentForm(posted_data(request), request.FILES or None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            data = form.cleaned_data
            made = actions.add(
                meeting,
                by=request.user,
                title=data["title"],
                item=data["item"],
                file=data["file"].file,
            )
            return _redirect_added(request, made.pk, pk)
    context = shown.context(form=form)
    return render(request, "meetings/desk_document.html", context, status=form.status)


@login_required
@require_http_methods(["GET", "POST"])
def remove_document(request: AuthenticatedHttpRequest, pk: int, document_pk: int) -> HttpResponse:
    """Remove a document, with the reason once everybody could read it. rules.remove."""
    shown = meeting_to_work_on(request, pk)
    meeting = shown.meeting
    rows = MeetingDocument.objects.select_related("meeting")
    document = get_object_or_404(rows, pk=document_pk, meeting=meeting)
    form = RemoveForm(posted_data(request)) if meeting.published_at else None
    if request.method == "GET":
        require(rules.remove(request.user, meeting, document, reason="-"))
    if request.method == "POST":
        if form is None:
            actions.remove(document, by=request.user)
            return _redirect_removed(request, pk)
        if form.is_valid():
            with form.attempt():
                actions.remove(document, by=request.user, **form.cleaned_data)
                return _redirect_removed(request, pk)
    context = shown.context(document=document, form=form)
    status = form.status if form else 200
    return render(request, "meetings/desk_document_remove.html", context, status=status)


def _redirect_removed(request: HttpRequest, pk: int) -> HttpResponse:
    messages.success(request, _("The document is removed."))
    return redirect("meetings_desk:documents", pk)
