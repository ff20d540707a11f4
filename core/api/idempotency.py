"""The header ``Idempotency-Key`` of the API: a POST that is sent twice is carried out once."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from typing import Any, cast

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.domain import idempotency_keys
from core.web import idempotency

#: What a program may send as its key: visible ASCII.
_KEY = re.compile(rf"[!-~]{{1,{idempotency.LONGEST_KEY}}}")


class BadKey(APIException):
    status_code = 400
    default_code = "idempotency.bad_key"
    default_detail = _("An Idempotency-Key is 1 to 255 visible letters, digits and signs of ASCII.")


class OtherBody(APIException):
    status_code = 422
    default_code = idempotency.OTHER_BODY.code
    default_detail = cast(Any, idempotency.OTHER_BODY.message)


class Gone(APIException):
    status_code = 409
    default_code = idempotency.GONE.code
    default_detail = cast(Any, idempotency.GONE.message)


class IdempotentPosts(APIView):
    """A view whose POST may come with a key; see core.web.idempotency."""

    #: The name of the method that answers a POST again from the created object's id:
    #: ``answer(object_id, **arguments of the address)``; "" where no key is taken.
    answers_again = ""
    #: What answers a POST; in its place, where it was carried out before, ``_answer_again``.
    post: Callable[..., Response]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            with ExitStack() as self._claims:
                return super().dispatch(request, *args, **kwargs)
        except IntegrityError as error:
            if not idempotency_keys.is_taken(error):
                raise
            with ExitStack() as self._claims:
                return super().dispatch(request, *args, **kwargs)

    def perform_authentication(self, request: Request) -> None:
        """Read the body as it came before the check of a session's token parses it."""
        if self.answers_again and idempotency.HEADER in request.headers:
            request._request.body  # noqa: B018 - kept by the request
        super().perform_authentication(request)

    def check_throttles(self, request: Request) -> None:
        """Count the request, unless it was carried out before."""
        if not self._was_carried_out(request):
            super().check_throttles(request)

    def _was_carried_out(self, request: Request) -> bool:
        """Claim the key of a POST until it is answered; if it is used, ``post`` answers again."""
        key = request.headers.get(idempotency.HEADER)
        if key is None or request.method != "POST" or not self.answers_again:
            return False
        if not _KEY.fullmatch(key):
            raise BadKey
        asked = request._request
        route, body = idempotency.route_of(asked), idempotency_keys.digest(asked.body)
        held = idempotency_keys.claim_key(request.user.pk, route, key, body)
        claim = self._claims.enter_context(held)
        if claim.earlier is None:
            return False
        self.post = partial(self._answer_again, claim)
        return True

    def _answer_again(
        self, claim: idempotency_keys.Claim, request: Request, *args: Any, **kwargs: Any
    ) -> Response:
        earlier = claim.earlier
        if earlier is None or earlier.body != claim.body:
            raise OtherBody
        try:
            answer: Response = getattr(self, self.answers_again)(earlier.object_id, **kwargs)
            return answer
        except (Http404, ObjectDoesNotExist) as error:
            raise Gone from error
