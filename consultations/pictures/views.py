"""View of a picture's file."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from accounts.http import AuthenticatedHttpRequest
from consultations import rules
from consultations.desk.queries import frame, load_worked_on
from consultations.models import Consultation, ConsultationPicture
from consultations.pictures import actions
from consultations.pictures.forms import DescribeForm, PictureForm
from consultations.presenters import ShownConsultation
from core.domain.rules import require
from core.kept_pictures.forms import picture_data
from core.kept_pictures.serving import serve
from core.web.forms import posted_data
from core.web.idempotency import idempotent


@require_safe
def serve_picture(request: HttpRequest, digest: str, name: str) -> HttpResponseBase:
    """One size of a picture: of what is announced for everybody, else for who works on it."""
    found = ConsultationPicture.objects.filter(digest=digest)
    return serve(request, found, name, of="consultation", owners=Consultation.objects)


@login_required
@require_GET
def pictures(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Its cover and figures. rules.keep_record."""
    shown = load_worked_on(request, pk)
    context = {
        **frame(shown, "pictures"),
        "pictures": shown.consultation.pictures.order_by("-is_cover", "pk"),
        "may_change": rules.change_papers(request.user, shown.consultation, now=shown.now),
    }
    return render(request, "consultations/desk_pictures.html", context)


def _redirect_added(request: HttpRequest, _id: int, pk: int) -> HttpResponse:
    messages.success(request, _("The picture is added."))
    return redirect("desk:pictures", pk)


@idempotent(_redirect_added)
@login_required
@require_http_methods(["GET", "POST"])
def new_picture(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Add a picture with the words for it. pictures.rules.add."""
    shown = _open(request, pk)
    form = PictureForm(
        posted_data(request),
        request.FILES or None,
        initial={"is_cover": not shown.consultation.pictures.filter(is_cover=True).exists()},
    )
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            made = actions.add(shown.consultation, by=request.user, **picture_data(form))
            return _redirect_added(request, made.pk, pk)
    context = {**frame(shown, "pictures"), "form": form}
    return render(request, "consultations/desk_picture.html", context, status=form.status)


@login_required
@require_http_methods(["GET", "POST"])
def picture(request: AuthenticatedHttpRequest, pk: int, picture_pk: int) -> HttpResponse:
    """Change the words of a picture. pictures.rules.describe."""
    shown = load_worked_on(request, pk)
    found = _picture(shown, picture_pk)
    verdict = rules.change_papers(request.user, shown.consultation, now=shown.now)
    if request.method == "GET":
        require(verdict)
    form = DescribeForm(posted_data(request), instance=found)
    if request.method == "POST" and form.is_valid():
        with form.attempt(), form.saving(shown.consultation, found, may=verdict):
            actions.describe(found, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("desk:pictures", pk)
    context = {**frame(shown, "pictures"), "form": form, "picture": found}
    return render(request, "consultations/desk_picture.html", context, status=form.status)


@login_required
@require_http_methods(["GET", "POST"])
def remove_picture(request: AuthenticatedHttpRequest, pk: int, picture_pk: int) -> HttpResponse:
    """Remove a picture, once it was asked. rules.change_papers."""
    shown = load_worked_on(request, pk)
    found = _picture(shown, picture_pk)
    if request.method == "POST":
        actions.remove(found, by=request.user)
        messages.success(request, _("The picture is removed."))
        return redirect("desk:pictures", pk)
    require(rules.change_papers(request.user, shown.consultation, now=shown.now))
    context = {
        **frame(shown, "pictures"),
        "question": _("Remove the picture “%(words)s”?") % {"words": found.alt},
        "button": _("Remove the picture"),
        "action": reverse("desk:remove_picture", args=[pk, picture_pk]),
        "cancel_url": reverse("desk:pictures", args=[pk]),
    }
    return render(request, "consultations/desk_paper_delete.html", context)


def _open(request: AuthenticatedHttpRequest, pk: int) -> ShownConsultation:
    """The consultation, where the person may add to it."""
    shown = load_worked_on(request, pk)
    if request.method == "GET":
        require(rules.change_papers(request.user, shown.consultation, now=shown.now))
    return shown


def _picture(shown: ShownConsultation, picture_pk: int) -> ConsultationPicture:
    rows = ConsultationPicture.objects.select_related("consultation")
    return get_object_or_404(rows, pk=picture_pk, consultation=shown.consultation)
