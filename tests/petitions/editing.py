"""What the forms of a petition's page at the desk carry, as it stands now."""

from __future__ import annotations

from typing import Any

from petitions.desk.forms import AgendaForm, PublishForm, ReviewForm, SortForm, StepNoteForm
from petitions.models import Petition, Step
from tests.editing import drawn

_FORMS = {"publish": PublishForm, "sort": SortForm, "review": ReviewForm}


def sent(name: str, of: Petition | Step, **typed: Any) -> dict[str, Any]:
    """What the page sends to the route ``name``: ``typed``, with the version it was drawn from."""
    if isinstance(of, Step):
        form = StepNoteForm(step=of)
        return {form.add_prefix(field): value for field, value in typed.items()} | drawn(form)
    if name == "agenda":
        return typed | drawn(AgendaForm(initial={"session_on": of.session_on}))
    initial = {"department": of.department_id, "themes": of.themes.all()}
    return typed | drawn(_FORMS[name](initial=initial))
