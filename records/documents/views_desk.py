"""The desk's pages of the register of documents: what a department has entered, one to enter."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from core.db.paging import neighbours, page_of
from core.domain.rules import require
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from records.documents import actions, queries, rules
from records.documents.forms import DocumentForm, EditDocumentForm
from records.documents.presenters import ShownDocument
from records.models import Document


@login_required
@require_GET
def document_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Documents that were entered for the departments whose records one keeps. rules.see_desk."""
    require(rules.see_desk(request.user))
    rows = Document.objects.kept_by(request.user).select_related("department").defer("search")
    page = page_of(rows, order=queries.ORDER, after=request.GET.get("after"))
    context = {"documents": [ShownDocument(row) for row in page], **neighbours(page, request.GET)}
    return render(request, "records/desk_documents.html", context)


def _entered_answer(request: HttpRequest, _pk: int) -> HttpResponse:
    messages.success(request, _("The document is in the register."))
    return redirect("documents_desk:list")


@idempotent(_entered_answer)
@login_required
@require_http_methods(["GET", "POST"])
def new(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Enter a document. rules.say."""
    require(rules.see_desk(request.user))
    form = DocumentForm(posted_data(request), by=request.user)
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            made = actions.enter(by=request.user, **form.collect_arguments())
            return _entered_answer(request, made.pk)
    return render(request, "records/desk_document_new.html", {"form": form}, status=form.status)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Change what the register says of an entered document. rules.say."""
    document = _find(request, pk)
    form = EditDocumentForm(posted_data(request), by=request.user, instance=document)
    if request.method == "POST" and form.is_valid():
        with form.attempt(), form.saving(document):
            actions.change(document, by=request.user, **form.collect_arguments())
            messages.success(request, _("Saved."))
            return redirect("documents_desk:list")
    context = {"form": form, "document": document}
    return render(request, "records/desk_document_edit.html", context, status=form.status)


@login_required
@require_POST
def remove(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Remove a document that was entered by mistake. rules.keep."""
    actions.remove(_find(request, pk), by=request.user)
    messages.success(request, _("The document is not in the register any more."))
    return redirect("documents_desk:list")


def _find(request: AuthenticatedHttpRequest, pk: int) -> Document:
    """One of those whose records this person keeps; refused where it is another's."""
    require(rules.see_desk(request.user))
    document = get_object_or_404(Document.objects.entered(), pk=pk)
    require(rules.keep(request.user, document))
    return document
