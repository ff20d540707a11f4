"""Reader of a remark as a browser sends it, without a form: for the crowd that speaks at once.

Building the form of a remark, with a copy of each of its fields, costs as much as writing it. So a
plain remark – of oneself, no wording, no selected words, nothing declared – is read by the form's
own fields; where one of them finds fault, and of whatever is not plain, the answer is None here,
and the form tells what is wrong. What may be said is for the action to judge, here as everywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError

from consultations.models import Remark
from consultations.remarks.forms import RemarkForm
from drafts.clauses.keys import range_of

if TYPE_CHECKING:
    from django.http import QueryDict

    from drafts.versions.published import Text

_FIELDS = RemarkForm.base_fields
#: Of these the form decides more than whether they are well written.
_NOT_PLAIN = ("asked", "organisation", "interest", "start", "end", "exact", "prefix", "suffix")


def remark_in(data: QueryDict, text: Text | None) -> dict[str, Any] | None:
    """The value of ``RemarkForm.remark``; None: ask the form. ``text``: the newest of the draft.

    For a consultation that asks for no names, and somebody who may speak for nobody else.
    """
    if any(map(data.get, _NOT_PLAIN)) or data.get("kind") == Remark.Kind.WORDING:
        return None
    asked = data.get("clause", "")
    try:
        said = {name: _FIELDS[name].clean(data.get(name)) for name in ("kind", "text", "clause")}
        if sent := data.get("proposal"):  # the clause's text as it is, which browsers send too
            _FIELDS["proposal"].clean(sent)
    except ValidationError:
        return None
    if asked and range_of(asked) is None:
        return None
    about = text.find(asked) if text and asked else None
    return {
        "kind": said["kind"],
        "text": said["text"],
        "proposal": "",
        "clause_id": about.pk if about else None,
        "quote": None,
        "full_name": "",
        "contact": "",
        "no_patronymic": False,
        "organisation_id": None,
        "interest": "",
    }
