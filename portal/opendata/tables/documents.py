"""The register of documents: everything but their content."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.opendata.datasets import Dataset, More, Row, chunks_of, columns_of
from records.documents.filling import TOPIC
from records.documents.presenters import ShownDocument
from records.documents.queries import documents
from records.models import Document


def _documents() -> QuerySet[Document]:
    return documents()


def _rows() -> Iterator[Row]:
    for rows in chunks_of(_documents()):
        for row in rows:
            yield (
                row.pk,
                settings.SITE_URL + row.get_absolute_url(),
                row.kind,
                row.title,
                row.number or None,
                row.made_on,
                row.received_on,
                row.author or None,
                row.department.slug if row.department else None,
                row.carrier,
                row.place,
                row.theme.slug if row.theme else None,
                row.keywords or None,
                row.access,
                row.ground or None,
                row.restricted_until,
                row.quantity,
                ShownDocument(row).whole_content_url or None,
            )


DOCUMENTS = Dataset(
    slug="documents",
    version=1,
    title=_("Register of documents"),
    words=_(
        "Documents that the council holds, with everything but their content; of appeals and "
        "requests how many there were in a month."
    ),
    keywords=(_("register of documents"), _("public information")),
    columns=columns_of(
        {
            "id": ("whole!", _("Number of the entry")),
            "url": ("link!", _("Its page")),
            "kind": ("text!", _("Kind of the document")),
            "title": ("text!", _("Name")),
            "number": ("text", _("Number of the document")),
            "made_on": ("day!", _("Made on")),
            "received_on": ("day", _("Received on")),
            "author": ("text", _("Source of the information")),
            "department": ("text", _("Its holder, by the slug of the department")),
            "carrier": ("text!", _("Carrier of the document")),
            "place": ("text!", _("Form and place of storage")),
            "theme": ("text", _("Theme, by its slug")),
            "keywords": ("text", _("Key words")),
            "access": ("text!", _("Access")),
            "ground": ("text", _("Ground of the restriction")),
            "restricted_until": ("day", _("Restricted until")),
            "quantity": ("whole", _("How many appeals it stands for")),
            "address": ("link", _("Where its content is")),
        },
        made_on=_("Of numbers of appeals the first day of the month."),
        author=_("Empty: the holder made it itself."),
        access=_("open, confidential, official or secret."),
        quantity=_("Empty of documents, and where there are fewer than five."),
    ),
    rows=_rows,
    topics=(TOPIC,),
    span=_documents,
    first="entered_at",
    last=("changed_at",),
    more=(More("documents:list", _("The register with search")),),
)
