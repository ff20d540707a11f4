"""The desk's page of one petition: facts, deadlines, and the forms of what may be done now."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise

from accounts.data.access_log import record_access
from accounts.http import AuthenticatedHttpRequest
from accounts.models import User
from accounts.notes.queries import notes_of
from core.domain import clock
from core.domain.calendar import local_date
from core.domain.due import urgency
from core.domain.rules import require
from core.web.forms import RefusableForm
from core.web.optimistic_lock import OptimisticLockForm
from discussions.models import HideReason
from petitions import rules as roles_rules
from petitions.answer import rules
from petitions.as_appeal import desk
from petitions.as_appeal.considered import UNREAD, load_considered
from petitions.defence import rules as rules_of_defence
from petitions.desk import forms, queries
from petitions.desk.clocks import legal_terms_of, next_step
from petitions.desk.matters import matter_of
from petitions.life import rules as life_rules
from petitions.models import Petition, State, Step
from petitions.news import rules as news_rules
from petitions.pages import poll_of
from petitions.photos.forms import RemovePhotoForm
from petitions.presenters import STATUS
from petitions.sittings import Sitting, sitting_of
from petitions.starting.likeness import alike
from votes.desk.attaching import AttachForm

#: Why the author's data are seen: a key of accounts.data.access_log.REASONS.
WHY = "petition.work"
#: A form that was sent and not accepted, by its name on the page.
Bound = dict[str, RefusableForm]


def petition_to_work_on(request: AuthenticatedHttpRequest, pk: int) -> Petition:
    """The petition, for whoever checks it or keeps its record; others get 404 for what they cannot
    see, or rules.review's no. What its page lets them do beyond looking is a rule of its own."""
    seen = Petition.objects.visible_to(request.user).filter(submitted_at__isnull=False)
    petition = get_object_or_404(
        seen.select_related(
            *("author", "procedure", "department", "district", "refused_on", "total", "appeal")
        ).defer(*UNREAD),
        pk=pk,
    )
    require(roles_rules.review(request.user, petition))
    return petition


def page(
    request: AuthenticatedHttpRequest, petition: Petition, **bound: RefusableForm
) -> HttpResponse:
    """The petition's page, with a form that was sent and not accepted.

    The author sees in their journal who has looked at their data here.
    """
    user, now = request.user, clock.now()
    record_access(user, petition.author, WHY)
    state, considered = petition.state_at(now), load_considered(petition, now)
    steps = list(petition.steps.all()) if petition.answered_at else []
    undone = [each.due_on or date.max for each in steps if each.done_on is None]
    context = {
        "petition": petition,
        "state": state,
        "state_kind": STATUS[state],
        "step": next_step(petition, now, min(undone, default=None)),
        "clocks": legal_terms_of(petition, now),
        "themes": petition.themes.all(),
        "streets": petition.streets.all(),
        "similar": _similar(petition, now),
        "answerable": (*rules.DECIDED, State.NOT_REACHED),
        "appeal_url": desk.desk_url(user, petition),
        "considered": considered,
        "kept_done": forms.DRAFTS.keys_done(request),
        "sent": next(iter(bound.values()), None),
        "notes": notes_of(matter_of(petition), user, request.GET),
        "may_defend": rules_of_defence.defend(user, petition),
        **_forms(user, petition, bound),
    }
    if state == State.MODERATION:
        context["next"] = queries.next_to_check(user, petition)
    if petition.published_at:
        context["news"] = _news(user, petition, bound)
    if petition.answered_at:
        context["answer"] = petition.answer
        context["poll"] = poll_of(petition.answer)
        context["steps"] = _steps(user, petition, steps, local_date(now), bound)
    context["photos"] = _photos(user, petition, bound)
    status = max((form.status for form in bound.values()), default=200)
    return render(request, "petitions/desk_detail.html", context, status=status)


def run_and_redirect(
    request: AuthenticatedHttpRequest,
    petition: Petition,
    name: str,
    form: RefusableForm,
    do: Callable[..., Any],
    *,
    said: str,
    part: Model | None = None,
) -> HttpResponse:
    """Run a form's action, ``do(**its data)``, then show the page again, with ``said``.

    Refused, or sent with something wrong, the form comes back as it was sent. ``part``: what of the
    petition the form edits, if not its own row.
    """
    if form.is_valid():
        rows = [petition, part] if part else [petition]
        saving = form.saving(*rows) if isinstance(form, OptimisticLockForm) else nullcontext()
        with form.attempt(), saving:
            do(**form.cleaned_data)
            messages.success(request, said)
            return redirect(url(petition))
    return page(request, petition, **{name: form})


def url(petition: Petition, done: str = "") -> str:
    """URL of its page; ``done``: the form whose kept texts it may forget."""
    there = reverse("petitions_desk:detail", args=[petition.pk])
    return f"{there}?done={done}:{petition.pk}" if done else there


def _forms(user: User, petition: Petition, bound: Bound) -> dict[str, Any]:
    """The forms of what the person may do now, each by its name; and, where the stage is for
    somebody else, ``verdict``: why; ``undecidable``: what the decision still waits for;
    ``sitting``: the session that considers it."""
    now = clock.now()
    today = local_date(now)
    undecidable: str | Promise = ""
    sitting: Sitting | None = None
    sorted_as = {"department": petition.department_id, "themes": petition.themes.all()}
    match petition.state_at(now):
        case State.MODERATION:
            verdict = life_rules.check(user, petition, now=now)
            offered: Bound = {
                "publish_form": forms.PublishForm(initial=sorted_as, petition=petition),
                "refuse_form": forms.RefuseForm(),
            }
            forms.DRAFTS.keep(offered["refuse_form"], user.pk, "refuse", petition.pk)
        case State.REACHED:
            verdict = rules.start_review(user, petition, now=now)
            offered = {"review_form": forms.ReviewForm(initial=sorted_as, petition=petition)}
        case State.REVIEW | State.AGENDA:
            verdict = rules.put_on_agenda(user, petition, now=now, session_on=today, today=today)
            offered = {"agenda_form": forms.AgendaForm(initial={"session_on": petition.session_on})}
            sitting = sitting_of(petition.pk)
            may_decide = rules.decide(user, petition, now=now, today=today)
            if may_decide:
                voted = {"decision": sitting.decision} if sitting else {}
                offered["decision_form"] = forms.DecisionForm(initial=voted)
            undecidable = may_decide.message if verdict else ""
        case State.ANSWERED:
            verdict = rules.promise(user, petition, now=now, text="-")
            offered = {
                "promise_form": forms.StepForm(),
                "poll_form": AttachForm(department_id=petition.department_id),
            }
        case _:
            considered = load_considered(petition, now)
            verdict = rules.answer(user, petition, now=now, texts=(), considered=considered)
            offered = {}
    found: dict[str, Any] = {"verdict": verdict, "undecidable": undecidable, "sitting": sitting}
    found |= offered if verdict else {}
    if life_rules.sort(user, petition, now=now) and "publish_form" not in found:
        found["sort_form"] = forms.SortForm(initial=sorted_as, petition=petition)
    return found | bound


def _similar(petition: Petition, now: datetime) -> list[queries.Row]:
    """Those that ask for much the same, published or waiting too, with where they stand."""
    known = Petition.objects.published() | Petition.objects.on_moderation()
    found = [each.petition for each in alike(petition.title, but=petition.pk, among=known)]
    return [queries.Row(each, each.state_at(now), next_step(each, now)) for each in found]


def _news(user: User, petition: Petition, bound: Bound) -> list[dict[str, Any]]:
    """The author's news: why it is hidden, or the form that hides it where the person may."""
    may = roles_rules.moderate(user, petition.topic)
    return [
        {
            "told": news,
            "reason": HideReason(news.hidden_reason).label if news.hidden_at else "",
            "may_restore": news_rules.restore_news(user, petition, news),
            "form": bound.get(f"news{news.pk}") or forms.HideNewsForm(news_pk=news.pk)
            if may and not news.hidden_at
            else None,
        }
        for news in petition.news.all()
    ]


def _photos(user: User, petition: Petition, bound: Bound) -> list[dict[str, Any]]:
    """The photographs of its author, each with the form that removes it where the person may."""
    may = roles_rules.moderate(user, petition.topic) and petition.author_id != user.pk
    return [
        {
            "photo": photo,
            "form": bound.get(f"photo{photo.pk}") or RemovePhotoForm(photo_pk=photo.pk)
            if may and photo.removed_at is None
            else None,
        }
        for photo in petition.photos.all()
    ]


def _steps(
    user: User, petition: Petition, steps: list[Step], today: date, bound: Bound
) -> list[dict[str, Any]]:
    """Promised steps, their urgency, and the form for their progress where the person may."""
    may = roles_rules.keep_record(user, petition)
    return [
        {
            "promised": each,
            "urgency": None if each.done_on else urgency(each.due_on, today),
            "form": (bound.get(f"step{each.pk}") or forms.StepNoteForm(step=each)) if may else None,
        }
        for each in steps
    ]
