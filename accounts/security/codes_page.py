"""On a developer's machine and in the demo: the codes of everybody's app, at /dev/codes/.

There nobody has a phone with the demo people's keys. Included by config.urls with DEBUG alone.
"""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from accounts.allauth_compat import app_code
from accounts.security.factors import Type, steps

#: Enough for a demo city; a developer's database may hold more.
_MOST = 100


@require_safe
def code_list(request: HttpRequest) -> HttpResponse:
    """Whose app shows what now, and next."""
    now, after = steps()[-2:]
    apps = (
        Authenticator.objects.filter(type=Type.TOTP).select_related("user").order_by("user__email")
    )
    rows = []
    for app in apps[:_MOST]:
        secret = decrypt(app.data["secret"])
        used = app.data.get("step", 0)
        rows.append(
            {
                "person": app.user,
                "code": app_code(secret, now) if used < now else "",
                "next": app_code(secret, after) if used < after else "",
            }
        )
    return render(request, "mfa/dev_codes.html", {"rows": rows})


urlpatterns: list[URLPattern] = [path("", code_list, name="app_code_list")]
