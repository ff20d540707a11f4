"""No more mails about a petition, in one click: by a mail program (RFC 8058) or on a page."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from petitions.listening.actions import listen
from petitions.listening.tokens import fits
from petitions.models import Petition, Signature


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
    if not fits(signature, token):
        raise Http404
    if request.method == "POST":
        signature = listen(signature, wants_news="again" in request.POST)
    context = {
        "petition": petition,
        "signature": signature,
        "is_done": request.method == "POST",
    }
    return render(request, "petitions/unsubscribe.html", context)
