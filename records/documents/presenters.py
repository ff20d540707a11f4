"""Documents of the register as pages, the feed and the API show them."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from appeals.models import Appeal
from records.models import Document


class ShownDocument:
    """A row of the register as everybody reads it."""

    def __init__(self, row: Document) -> None:
        self.row = row

    @property
    def pk(self) -> int:
        return self.row.pk

    def get_absolute_url(self) -> str:
        return self.row.get_absolute_url()

    @property
    def access(self) -> str:
        """«for official use», with its term."""
        label = str(self.row.get_access_display())
        until = self.row.restricted_until
        if self.row.is_open:
            return label
        if until is None:
            return _("%(access)s, until the restriction is reviewed") % {"access": label}
        return _("%(access)s, until %(day)s") % {
            "access": label,
            "day": date_format(until, "j E Y"),
        }

    @property
    def quantity(self) -> str:
        """The number of appeals of a month; a small one is not told."""
        number = self.row.quantity
        return _("fewer than five") if number is None else str(number)

    @property
    def content_url(self) -> str:
        """The address of its content in the active language; "" where it is not on the internet."""
        address, language = self.row.address, get_language()
        if address.startswith("/") and language and language != settings.LANGUAGE_CODE:
            return f"/{language}{address}"
        return address

    @property
    def whole_content_url(self) -> str:
        """The same with our host."""
        url = self.content_url
        return f"{settings.SITE_URL}{url}" if url.startswith("/") else url

    @property
    def ask_url(self) -> str:
        """The form of a request for information, with the document named in it."""
        words = _("I ask for a copy of the document “%(title)s”") % {"title": self.row.title}
        if self.row.number:
            words += f" № {self.row.number}"
        words += " " + _("of %(day)s (register of documents, entry %(entry)s).") % {
            "day": f"{self.row.made_on:%d.%m.%Y}",
            "entry": self.row.pk,
        }
        asked = urlencode({"kind": Appeal.Kind.REQUEST.value, "text": words})
        return f"{reverse('appeals:new')}?{asked}"
