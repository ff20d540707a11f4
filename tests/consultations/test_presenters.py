"""Templates name nothing that a presenter, or the model in it, does not have."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from consultations import presenters, queries
from consultations.desk.queries import DeskRow
from consultations.models import Consultation, Remark
from consultations.presenters import (
    DeskConsultation,
    ListedConsultation,
    ShownAnswer,
    ShownConsultation,
    ShownRemark,
)
from consultations.remarks.views_desk import TableRow
from tests import factories

TEMPLATES = Path(settings.BASE_DIR) / "templates" / "consultations"
#: What a variable is, in every template of consultations.
TYPES = {
    "shown": ShownConsultation,
    "consultation": Consultation,
    "shown_remark": ShownRemark,
    "remark": Remark,
    "reply": ShownAnswer,
}
#: Where one is something that knows more.
MORE = {
    "card.html": {"shown": ListedConsultation},
    "desk_detail.html": {"shown": DeskConsultation},
    "desk_remarks.html": {"shown": DeskConsultation, "row": TableRow},
    "desk_report.html": {"shown": DeskConsultation},
    "desk_table.html": {"row": DeskRow, "row.shown": DeskConsultation},
}
#: Inside tags alone: the words between them are free.
TAG = re.compile(r"\{[{%].*?[%}]\}")


def test_templates_read_attributes_that_exist():
    wrong, read = [], 0
    for path in sorted(TEMPLATES.glob("*.html")):
        tags = " ".join(TAG.findall(path.read_text()))
        for variable, kind in {**TYPES, **MORE.get(path.name, {})}.items():
            for name in re.findall(rf"(?<![\w.]){re.escape(variable)}\.(\w+)", tags):
                read += 1
                if not hasattr(kind, name):
                    wrong.append(f"{path.name}: {variable}.{name}")
    assert not wrong
    assert read > 200  # the patterns still find what they look for


@pytest.mark.django_db
def test_what_stays_the_same_beside_remarks_is_told_without_the_index_of_the_search(department):
    opened = factories.consultation(department)

    def says() -> tuple[object, ...]:
        shown = queries.to_read(opened.pk, AnonymousUser())
        assert shown is not None and "search" in shown.consultation.get_deferred_fields()
        return presenters.about_says(shown, queries.beside_the_text(opened), stages=[])

    before = says()
    Consultation.objects.filter(pk=opened.pk).update(search=None)
    assert says() == before
    Consultation.objects.filter(pk=opened.pk).update(title="Інше")
    assert says() != before
