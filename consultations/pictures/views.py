"""View of a picture's file."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from consultations.models import Consultation, ConsultationPicture
from core.kept_pictures.serving import serve


@require_safe
def picture(request: HttpRequest, digest: str, name: str) -> HttpResponseBase:
    """One size of a picture: of what is announced for everybody, else for who works on it."""
    found = ConsultationPicture.objects.filter(digest=digest)
    return serve(request, found, name, of="consultation", owners=Consultation.objects)
