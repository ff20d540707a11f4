"""Views of the desk: the list of appeals, one appeal, its files and notes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.data.access_log import record_access, shows_people
from accounts.http import AuthenticatedHttpRequest
from accounts.notes.queries import notes_of
from accounts.rules import use_desk
from appeals import actions
from appeals.course import rules
from appeals.desk import queries
from appeals.desk.case import WHY, context_of, load
from appeals.desk.forms import DRAFTS, ListFilter, NoteForm
from appeals.desk.matters import matter_of
from appeals.desk.steps import Step, run_step
from core.db.paging import neighbours
from core.domain.rules import require
from core.web.forms import posted_data
from core.web.idempotency import idempotent


@login_required
@require_GET
@shows_people
def appeal_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Appeals of the person, urgent and privileged ones first; other lists.
    accounts.rules.use_desk."""
    user = request.user
    require(use_desk(user))
    is_office = queries.works_in_office(user)
    form = ListFilter(request.GET, departments=queries.departments_of(user, is_office=is_office))
    form.is_valid()  # what is not valid narrows nothing
    chosen = {name: form.cleaned_data.get(name) for name in form.fields}
    filters = queries.Filters(
        words=(chosen["q"] or "").replace("\0", ""),
        kind=chosen["kind"] or "",
        theme_id=chosen["theme"].pk if chosen["theme"] else None,
        department_id=chosen["department"].pk if chosen["department"] else None,
    )
    # Whoever looks for something looks among all, unless they have chosen a list.
    name = request.GET.get("list", "all" if filters.words else "")
    name = name if name in queries.LISTS else ""
    page = queries.find(user, name, filters, after=request.GET.get("after"))
    record_access(user, {each.appeal.author_id for each in page if each.appeal.author_id}, WHY)
    context = {
        "rows": page.items,
        "list": name,
        "tabs": _tabs(name, queries.counts(user), request.GET, is_office=is_office),
        "filter": form,
        "is_filtered": any(chosen.values()),
        "is_office": is_office,
        "may_exchange": queries.may_exchange(user, is_office=is_office),
        "loads": queries.load_of(user),
        **neighbours(page, request.GET),
    }
    return render(request, "appeals/desk_list.html", context)


def _tabs(
    current: str, numbers: dict[str, int], query: QueryDict, *, is_office: bool
) -> list[dict[str, Any]]:
    labels = {
        "": _("Everything that is waiting"),
        "register": _("To be accepted"),
        "mine": _("Mine"),
        "department": _("My department’s"),
        "late": _("Overdue"),
        "approval": _("Answers that wait for approval"),
        "head": _("For the head of the body to decide"),
        "answered": _("With an answer"),
        "all": _("All"),
    }
    if not is_office:
        del labels["register"]
    kept = query.copy()
    for name in ("after", "list"):
        kept.pop(name, None)
    rest = f"&{kept.urlencode()}" if kept else ""
    return [
        {
            "label": label,
            "url": f"?list={name}{rest}",
            "current": name == current,
            "count": numbers.get(name or "waiting"),
        }
        for name, label in labels.items()
    ]


@login_required
@require_GET
@shows_people
def appeal_detail(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """All that is known of it, and what may be done next. Who works on it: others get 404."""
    case = load(request, pk)
    context = {
        **context_of(case),
        "notes": notes_of(matter_of(case.appeal, case.involved), case.user, request.GET),
        "kept_done": DRAFTS.keys_done(request),
    }
    return render(request, "appeals/desk_detail.html", context)


def _note_answer(request: HttpRequest, _id: int, pk: int) -> HttpResponse:
    messages.success(request, _("It is in the file."))
    return redirect(f"{reverse('appeals_desk:detail', args=[pk])}?done=note:{pk}")


@idempotent(_note_answer)
@login_required
@require_http_methods(["GET", "POST"])
@shows_people
def note(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Enter something in the file of the appeal. rules.note."""
    case = load(request, pk)
    may = rules.note(case.user, case.appeal, involved=case.involved, text="-")
    step = Step(
        "note", _("Entry in the file"), _("Enter it"), said=_("It is in the file."), once=True
    )
    return run_step(
        request,
        case,
        step,
        NoteForm(posted_data(request)),
        may,
        lambda data: actions.note(case.appeal, by=case.user, text=data["text"]),
    )
