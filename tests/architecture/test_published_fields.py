"""Each editable column of what is published is told or left out, by name, in every document.

The lists stand in the apps' ``published_fields.py`` (core/domain/published_fields.py).
"""

from __future__ import annotations

import ast
from functools import cache
from importlib import import_module

import pytest
from django.apps import apps
from django.conf import settings

from core.domain.published_fields import (
    API,
    EVIDENCE,
    OPEN_DATA,
    REPORT,
    Told,
    field_lists,
    list_columns,
    list_editable_columns,
    unpublished,
)

#: Whose rows are published, by the documents that are made of them.
_OF_CONSULTATIONS = ("consultations", "discussions", "drafts")
DOCUMENTS = {
    **dict.fromkeys(_OF_CONSULTATIONS, frozenset({EVIDENCE, REPORT, API, OPEN_DATA})),
    **dict.fromkeys(
        ("votes", "petitions", "meetings", "newsroom", "appeals"), frozenset({API, OPEN_DATA})
    ),
}
for _app in DOCUMENTS:
    import_module(f"{_app}.published_fields")
#: The code of each document.
CODE = {
    EVIDENCE: ("consultations/evidence/*.py", "consultations/reports/manifest.py"),
    REPORT: ("consultations/reports/*.py",),
    API: ("*/api/*.py", "*/*/api/*.py", "*/api.py", "*/*/api.py", "*/*/serializers.py"),
    OPEN_DATA: (
        *("*/opendata.py", "*/*/open_data.py", "portal/opendata/tables/*.py"),
        "appeals/publishing/queries.py",
    ),
}
MODELS = [model for app in DOCUMENTS for model in apps.get_app_config(app).get_models()]
#: Every list: its model, its document, what it says.
LISTS = [
    pytest.param(model, document, said, id=f"{model._meta.label}-{document}")
    for model, documents in field_lists.items()
    for document, said in documents.items()
    if isinstance(said, Told)
]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_each_model_is_in_every_document_or_left_out(model) -> None:
    assert (model in field_lists) != (model in unpublished), (
        "say in published_fields.py of its app what each document tells of it, or why none does"
    )
    if model in field_lists:
        assert set(field_lists[model]) == DOCUMENTS[model._meta.app_label]


@pytest.mark.parametrize(("model", "document", "said"), LISTS)
def test_each_editable_column_is_told_or_left_out(model, document, said) -> None:
    named = set(said.published) | set(said.left_out)
    assert not set(said.published) & set(said.left_out)
    assert named - list_columns(model) == set(), "no such columns"
    assert list_editable_columns(model) - named == set(), (
        f"say in published_fields.py whether the {document} tells them, or why not"
    )


@pytest.mark.parametrize(("model", "document", "said"), LISTS)
def test_the_documents_code_names_what_is_told(model, document, said) -> None:
    unnamed = {column for column, word in said.published.items() if word not in words(document)}
    assert unnamed == set(), f"nothing of {document} names them"


@cache
def words(document: str) -> frozenset[str]:
    """Every name in the code of a document, and every part of a name in its texts."""
    found: set[str] = set()
    for pattern in CODE[document]:
        for path in settings.BASE_DIR.glob(pattern):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                match node:
                    case ast.Attribute(attr=name) | ast.keyword(arg=str(name)) | ast.Name(id=name):
                        found |= {*name.split("__")}
                    case ast.Constant(value=str(text)) if " " not in text:
                        found |= {*text.replace(".", "__").split("__")}
    return frozenset(found | {name.removesuffix("_id") for name in found})
