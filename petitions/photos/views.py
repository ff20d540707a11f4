"""Views of photographs: the file, and the author's page in a draft."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import AuthenticatedHttpRequest
from core.domain.rules import require
from core.kept_pictures.forms import picture_data
from core.kept_pictures.serving import serve
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from petitions import limits
from petitions.life import rules
from petitions.models import Petition, PetitionPhoto
from petitions.photos import actions
from petitions.photos import rules as photo_rules
from petitions.photos.forms import PhotoForm
from petitions.photos.models import MOST_PHOTOS
from petitions.starting.views import own_or_404


@require_safe
def photo(request: HttpRequest, digest: str, name: str) -> HttpResponseBase:
    """One size of a photograph: of what is published for everybody, else for its author and, once
    it was sent, for who checks it."""
    found = PetitionPhoto.objects.shown().filter(digest=digest)
    return serve(request, found, name, of="petition", owners=Petition.objects)


def _redirect_added(request: HttpRequest, _id: int, pk: int) -> HttpResponse:
    messages.success(request, _("The photograph is added."))
    return redirect("petitions:start_photos", pk)


@idempotent(_redirect_added)
@login_required
@require_http_methods(["GET", "POST"])
def photos(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Photographs of a draft, and the form for one more. photos.rules.add."""
    own = own_or_404(request, pk)
    petition = own.petition
    if request.method != "POST" and petition.submitted_at:
        return redirect("petitions:own", pk)
    require(rules.change(request.user, petition, now=own.now))
    form = PhotoForm(posted_data(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            require(limits.PHOTO.spend(request.user.pk))
            made = actions.add(petition, by=request.user, **picture_data(form))
            return _redirect_added(request, made.pk, pk)
    found = list(petition.photos.all())
    context = {
        "petition": petition,
        "photos": found,
        "most": MOST_PHOTOS,
        "offers_form": len(found) < MOST_PHOTOS or form.is_bound,  # why one more was refused
        "form": form,
        "back": reverse("petitions:start_check", args=[pk]),
    }
    return render(request, "petitions/start_photos.html", context, status=form.status)


@login_required
@require_http_methods(["GET", "POST"])
def take_out(request: AuthenticatedHttpRequest, pk: int, photo_pk: int) -> HttpResponse:
    """Take a photograph out of a draft, after a question: its files go. photos.rules.take_out."""
    own = own_or_404(request, pk)
    rows = PetitionPhoto.objects.select_related("petition")
    found = get_object_or_404(rows, pk=photo_pk, petition=own.petition)
    if request.method == "POST":
        actions.take_out(found, by=request.user)
        messages.success(request, _("The photograph is taken out."))
        return redirect("petitions:start_photos", pk)
    require(photo_rules.take_out(request.user, own.petition, now=own.now))
    context = {"petition": own.petition, "photo": found}
    return render(request, "petitions/start_photo_out.html", context)
