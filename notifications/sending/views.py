"""The page on which people stop mails about a consultation."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.models import User
from consultations.models import Consultation
from notifications.sending import unsubscribing


# Without a token against forgery: the program of whoever reads the mail sends the form, with no
# cookie and no page before it (RFC 8058). The secret is in the address.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def unsubscribe(request: HttpRequest, pk: int, user_pk: int, token: str) -> HttpResponse:
    """GET asks with a button and changes nothing; POST stops the mails, or, with ``again``, lets
    them come. Who has the link. No redirect: programs do not follow it with their form."""
    consultation = get_object_or_404(Consultation.objects.published(), pk=pk)
    known = User.objects.filter(pk=user_pk, erased_at=None).exists()
    if not unsubscribing.is_token_of(user_pk, pk, token) or not known:
        raise Http404
    if request.method == "POST":
        unsubscribing.set_wanted(user_pk, pk, is_wanted="again" in request.POST)
    context = {
        "consultation": consultation,
        "is_wanted": user_pk not in unsubscribing.unsubscribed_users(pk),
        "is_done": request.method == "POST",
    }
    return render(request, "notifications/unsubscribe.html", context)
