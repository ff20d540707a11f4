"""Days for which the site's certificate is still valid."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

from cryptography.x509 import load_pem_x509_certificate
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.state.registry import Finding, Level, check

#: Days: certbot renews thirty days before the end, so that fewer mean that it failed.
WARN_DAYS, CRITICAL_DAYS = 14, 7
_SECONDS = 3.0


@check("certificate", gettext_lazy("Certificate of the site"))
def check_certificate() -> Iterator[Finding]:
    address = _address()
    if address is None:
        yield Finding(Level.OK, _("The site has none: its address is not https."))
        return
    try:
        # Not judged by authorities: an expired one must be read too.
        pem = ssl.get_server_certificate(address, timeout=_SECONDS)
        until = load_pem_x509_certificate(pem.encode()).not_valid_after_utc
    except (OSError, ValueError):
        yield Finding(Level.UNKNOWN, _("The site’s address does not answer by TLS."))
        return
    days = (until - datetime.now(UTC)).days
    if days < 0:
        yield Finding(Level.CRITICAL, _("It has expired: browsers refuse the site."))
        return
    words = ngettext("It is valid for %(count)d day.", "It is valid for %(count)d days.", days)
    level = Level.WARNING if days < WARN_DAYS else Level.OK
    yield Finding(Level.CRITICAL if days < CRITICAL_DAYS else level, words % {"count": days})


def _address() -> tuple[str, int] | None:
    """Host and port of the certificate; None where there is none."""
    if settings.STATE_CERTIFICATE:
        parts = urlsplit(f"//{settings.STATE_CERTIFICATE}")
    elif settings.SITE_URL.startswith("https://"):
        parts = urlsplit(settings.SITE_URL)
    else:
        return None
    return parts.hostname or "", parts.port or 443
