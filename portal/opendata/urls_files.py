"""URLs of the files of open data, under /data/: the same in every language."""

from django.urls import path, register_converter

from portal.opendata import views
from portal.opendata.catalogue import FILES


class FileKind:
    """The ending of a file of rows."""

    regex = "|".join(FILES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(FileKind, "file_kind")

app_name = "data_files"

urlpatterns = [
    path("catalog.jsonld", views.catalogue_file, name="catalogue"),
    path("<slug:slug>.jsonld", views.dataset_file, name="dataset"),
    path("<slug:slug>/schema.json", views.schema_file, name="schema"),
    path("<slug:slug>.<file_kind:kind>", views.rows_file, name="file"),
]
