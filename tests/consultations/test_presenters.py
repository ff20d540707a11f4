"""Templates name nothing that a presenter, or the model in it, does not have."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings

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
