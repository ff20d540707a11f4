"""Personal data in tokens (accounts.data.register)."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.data.register import (
    OnErasure,
    PersonalData,
    Purpose,
    Retention,
    register,
    register_retention,
)
from core.domain.retention import keep
from tokens.models import Token

register(
    PersonalData(
        model=Token,
        purpose=Purpose.PROTECTION,
        title=_("Programs that may act in your name"),
        whose=("user",),
        shown={
            "name": _("what it is for"),
            "scopes": _("may"),
            "created_at": _("since"),
            "expires_at": _("until"),
            "used_on": _("last used"),
            "revoked_at": _("revoked"),
        },
        last_days=("expires_at",),
        on_erasure=OnErasure.DELETED,
        period="tokens",
        after_end=True,
    )
)
register_retention(
    Retention(
        model=Token,
        period="tokens",
        stale=lambda before: Q(expires_at__lt=before) | Q(revoked_at__lt=before),
    )
)


# Tokens that have expired or were revoked.
keep("tokens", days=90)
