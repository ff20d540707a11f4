"""Addresses: Ukrainian without a prefix, English under /en/."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

#: Mails can be read by anybody on a developer's machine and in the demo, nowhere else.
mailbox = [path("dev/mail/", include("notifications.mailbox"))] if settings.DEBUG else []

urlpatterns = [
    *i18n_patterns(
        path("", include("accounts.urls")),
        path("consultations/", include("consultations.urls")),
        *mailbox,
        prefix_default_language=False,
    ),
]
