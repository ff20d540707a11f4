"""The API of the register of documents."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import ListSerializer

from core.api.errors import problems
from core.api.input import PageQuery, Slug
from core.api.views import ApiView, page_schema, share_answers
from records.documents import queries
from records.documents.presenters import ShownDocument
from records.documents.queries import Filters
from records.documents.views import topics_of_documents
from records.models import Document


class DocumentsQuery(PageQuery):
    q = serializers.CharField(
        required=False,
        max_length=queries.LONGEST_WORDS,
        help_text=_("Words of the name, key words or number, in any form."),
    )
    kind = serializers.ChoiceField(required=False, choices=Document.Kind.choices)
    year = serializers.IntegerField(
        required=False, min_value=1900, max_value=2100, help_text=_("In which it was made.")
    )
    department = Slug(help_text=_("A department’s `slug`."))
    access = serializers.ChoiceField(required=False, choices=("open", "restricted"))


class DocumentOut(serializers.Serializer[ShownDocument]):
    """A document that the council holds: everything but its content."""

    id = serializers.IntegerField(source="pk")
    url = serializers.SerializerMethodField(help_text=_("Its page for people."))
    kind = serializers.ChoiceField(source="row.kind", choices=Document.Kind.choices)
    title = serializers.CharField(source="row.title")
    number = serializers.CharField(source="row.number")
    made_on = serializers.DateField(
        source="row.made_on", help_text=_("Of numbers of appeals the first day of the month.")
    )
    received_on = serializers.DateField(source="row.received_on", allow_null=True)
    author = serializers.CharField(
        source="row.author", help_text=_("Empty: the holder made it itself.")
    )
    department = serializers.CharField(
        source="row.department.slug", default=None, allow_null=True, help_text=_("Its holder.")
    )
    carrier = serializers.ChoiceField(source="row.carrier", choices=Document.Carrier.choices)
    place = serializers.CharField(source="row.place", help_text=_("Form and place of storage."))
    theme = serializers.CharField(
        source="row.theme.slug", default=None, allow_null=True, help_text=_("Its field.")
    )
    keywords = serializers.CharField(source="row.keywords")
    access = serializers.ChoiceField(source="row.access", choices=Document.Access.choices)
    ground = serializers.CharField(
        source="row.ground", help_text=_("Of the restriction, by law; empty of an open one.")
    )
    restricted_until = serializers.DateField(
        source="row.restricted_until",
        allow_null=True,
        help_text=_("Null of a restricted one: until the restriction is reviewed."),
    )
    quantity = serializers.IntegerField(
        source="row.quantity",
        allow_null=True,
        help_text=_("How many appeals of a month it stands for; null: fewer than five, or none."),
    )
    address = serializers.CharField(
        source="whole_content_url", help_text=_("Where its content is; may be empty.")
    )
    entered_at = serializers.DateTimeField(source="row.entered_at")

    def get_url(self, shown: ShownDocument) -> str:
        return f"{settings.SITE_URL}{shown.get_absolute_url()}"


DocumentsPage = page_schema("DocumentsPage", DocumentOut)


class DocumentList(ApiView):
    query_class = DocumentsQuery

    @extend_schema(
        operation_id="documents_list",
        summary=_("Register of documents"),
        description=_("Documents that the council holds, the newest first."),
        tags=["documents"],
        parameters=[DocumentsQuery],
        responses={200: DocumentsPage, **problems(400)},
    )
    def get(self, request: Request) -> Response:
        query = self.query()
        names = ("q", "kind", "year", "department", "access")
        asked: dict[str, str] = {name: str(query[name]) for name in names if name in query}
        rows = Filters.of(asked).narrow(queries.documents())
        page = self.page(rows, order=queries.ORDER, query=query)
        return self.listed(
            page, ListSerializer([ShownDocument(row) for row in page], child=DocumentOut()).data
        )


class DocumentDetail(ApiView):
    @extend_schema(
        operation_id="documents_read",
        summary=_("One document of the register"),
        tags=["documents"],
        responses={200: DocumentOut, **problems(400, 404)},
    )
    def get(self, request: Request, document: int) -> Response:
        self.query()
        row = queries.documents().filter(pk=document).first()
        if row is None:
            raise Http404
        return Response(DocumentOut(ShownDocument(row)).data)


document_list = share_answers(topics_of_documents)(DocumentList.as_view())
document_detail = share_answers(topics_of_documents)(DocumentDetail.as_view())

#: What the documents say of these schemas, by name.
DESCRIPTIONS = {
    "DocumentOut": _("A document that the council holds: everything but its content."),
}
