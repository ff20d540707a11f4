"""Views of the desk on which the council's pages are written."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.http import AuthenticatedHttpRequest
from core.domain.rules import require
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from newsroom.council_pages import actions, markup, queries, rules
from newsroom.council_pages.forms import DRAFTS, NewPageForm, PageForm
from newsroom.models import Page


@login_required
@require_GET
def page_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The pages that can be edited. rules.edit."""
    require(rules.edit(request.user))
    context = {"pages": queries.all_pages(), "kept_done": DRAFTS.keys_done(request)}
    return render(request, "newsroom/council_pages/desk_list.html", context)


def _added_answer(request: HttpRequest, _page_id: int) -> HttpResponse:
    messages.success(request, _("The page is published."))
    return redirect(reverse("pages_desk:list") + "?done=new")


@idempotent(_added_answer)
@login_required
@require_http_methods(["GET", "POST"])
def new(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Add a page, or see how it would look. rules.add."""
    require(rules.edit(request.user))
    form = NewPageForm(posted_data(request))
    DRAFTS.keep(form, request.user.pk, "new")
    is_preview = "preview" in request.POST
    if request.method == "POST" and form.is_valid() and not is_preview:
        with form.attempt():
            made = actions.add(form.cleaned_data["slug"], form.page_text(), by=request.user)
            return _added_answer(request, made.pk)
    context = {"form": form, **_preview(form, is_preview)}
    return render(request, "newsroom/council_pages/desk_edit.html", context, status=form.status)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Write another version of a page, or see how it would look. rules.change."""
    require(rules.edit(request.user))
    page = get_object_or_404(Page.objects.select_related("current"), pk=pk)
    form = PageForm(posted_data(request), page=page)
    DRAFTS.keep(form, request.user.pk, "edit", pk)
    is_preview = "preview" in request.POST
    if is_preview:
        form.fields["reason"].required = False
    if request.method == "POST" and form.is_valid() and not is_preview:
        with form.attempt(), form.saving(page):
            actions.change(
                page, form.page_text(), by=request.user, reason=form.cleaned_data["reason"]
            )
            messages.success(request, _("Published. The former version stays to be read."))
            return redirect(reverse("pages_desk:list") + f"?done=edit:{pk}")
    context = {"form": form, "page": page, **_preview(form, is_preview)}
    return render(request, "newsroom/council_pages/desk_edit.html", context, status=form.status)


def _preview(form: NewPageForm | PageForm, is_preview: bool) -> dict[str, str]:
    """Preview of the form's texts, where that was asked for and nothing is wrong."""
    if not is_preview or not form.is_valid():
        return {}
    text = form.page_text()
    return {"preview": markup.html(text.text), "preview_en": markup.html(text.text_en)}
