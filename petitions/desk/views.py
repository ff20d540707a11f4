"""Views of the desk: the queue of petitions, one petition, and what moderators do with it."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.data.access_log import shows_people
from accounts.http import AuthenticatedHttpRequest
from accounts.rules import use_desk
from core.db.paging import neighbours
from core.domain.rules import require
from petitions import rules
from petitions.desk import queries
from petitions.desk.case import page, petition_to_work_on, run_and_redirect, url
from petitions.desk.forms import (
    DRAFTS,
    DepartmentFilter,
    HideNewsForm,
    PublishForm,
    RefuseForm,
    SortForm,
)
from petitions.life import actions
from petitions.models import News, Petition, PetitionPhoto
from petitions.news import actions as news_actions
from petitions.photos import actions as photo_actions
from petitions.photos.forms import RemovePhotoForm


@login_required
@require_GET
def petition_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Petitions that wait for the person, by the day on which they are due; other lists.
    accounts.rules.use_desk."""
    require(use_desk(request.user))
    name = request.GET.get("state", "")
    name = name if name in queries.LISTS else ""
    departments = list(queries.departments_of(request.user))
    slug = request.GET.get("department", "")
    chosen = next((each for each in departments if each.slug == slug), None)
    found = queries.queue(
        request.user,
        name,
        department_id=chosen.pk if chosen else None,
        after=request.GET.get("after"),
    )
    context = {
        "rows": found.items,
        "list": name,
        "tabs": _tabs(name, queries.counts(request.user), chosen.slug if chosen else ""),
        "filter": DepartmentFilter(initial={"department": slug}, departments=departments)
        if len(departments) > 1
        else None,
        "may_set_rules": rules.set_rules(request.user),
        "kept_done": DRAFTS.keys_done(request),
        **neighbours(found, request.GET),
    }
    return render(request, "petitions/desk_list.html", context)


def _tabs(current: str, numbers: dict[str, int], department: str) -> list[dict[str, Any]]:
    labels = {
        "": _("All that waits"),
        "moderation": _("To be checked"),
        "reached": _("To be announced"),
        "review": _("Under review"),
        "decided": _("To be answered"),
        "promised": _("What was promised"),
        "not_reached": _("As appeals"),
        "collecting": _("Collecting"),
        "answered": _("Answer published"),
        "refused": _("Refused"),
        "withdrawn": _("Withdrawn"),
    }
    rest = f"&department={department}" if department else ""
    return [
        {
            "label": label,
            "url": f"?state={name}{rest}",
            "current": name == current,
            "count": numbers.get(name or "waiting"),
        }
        for name, label in labels.items()
    ]


@login_required
@require_GET
@shows_people
def petition_detail(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """All that is needed to decide about it. rules.review: moderators, and those of its
    department."""
    return page(request, petition_to_work_on(request, pk))


@login_required
@require_POST
@shows_people
def publish(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Publish it, then on to the next that waits. rules.publish."""
    petition = petition_to_work_on(request, pk)
    require(rules.moderate(request.user, petition.topic))
    form = PublishForm(request.POST, petition=petition)
    if form.is_valid():
        with form.attempt(), form.saving(petition):
            actions.publish(petition, by=request.user, **form.cleaned_data)
            messages.success(request, _("Published: signatures are collected from now on."))
            return _onward(request, petition)
    return page(request, petition, publish_form=form)


@login_required
@require_POST
@shows_people
def refuse(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Refuse to publish it on a ground, then on to the next. rules.refuse_it."""
    petition = petition_to_work_on(request, pk)
    require(rules.moderate(request.user, petition.topic))
    form = RefuseForm(request.POST)
    DRAFTS.keep(form, request.user.pk, "refuse", pk)
    if form.is_valid():
        with form.attempt():
            actions.refuse(petition, by=request.user, **form.cleaned_data)
            messages.success(request, _("Refused. Its author is told why."))
            return _onward(request, petition, done="refuse")
    return page(request, petition, refuse_form=form)


def _onward(request: AuthenticatedHttpRequest, petition: Petition, done: str = "") -> HttpResponse:
    """To the next one that waits to be checked, or back to the queue."""
    following = queries.next_to_check(request.user, petition)
    there = url(following) if following else reverse("petitions_desk:list")
    return redirect(f"{there}?done={done}:{petition.pk}" if done else there)


@login_required
@require_POST
@shows_people
def sort(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Name another department, other themes. rules.sort."""
    petition = petition_to_work_on(request, pk)
    form = SortForm(request.POST, petition=petition)
    do = partial(actions.sort, petition, by=request.user)
    return run_and_redirect(request, petition, "sort_form", form, do, said=_("Saved."))


@login_required
@require_POST
@shows_people
def remove_photo(request: AuthenticatedHttpRequest, pk: int, photo_pk: int) -> HttpResponse:
    """Remove a photograph of its author's. photos.rules.remove."""
    petition = petition_to_work_on(request, pk)
    require(rules.moderate(request.user, petition.topic))
    photo = get_object_or_404(PetitionPhoto, pk=photo_pk, petition=petition)
    form = RemovePhotoForm(request.POST, photo_pk=photo_pk)
    do = partial(photo_actions.remove, photo, by=request.user)
    said = _("The photograph is removed.")
    return run_and_redirect(request, petition, f"photo{photo_pk}", form, do, said=said)


@login_required
@require_POST
@shows_people
def hide_news(request: AuthenticatedHttpRequest, pk: int, news_pk: int) -> HttpResponse:
    """Hide something that its author told. rules.hide_news."""
    petition = petition_to_work_on(request, pk)
    require(rules.moderate(request.user, petition.topic))
    news = get_object_or_404(News, pk=news_pk, petition=petition)
    form = HideNewsForm(request.POST, news_pk=news_pk)
    do = partial(news_actions.hide_news, news, by=request.user)
    return run_and_redirect(request, petition, f"news{news_pk}", form, do, said=_("Hidden."))


@login_required
@require_POST
def restore_news(request: AuthenticatedHttpRequest, pk: int, news_pk: int) -> HttpResponse:
    """Show again something that was hidden. rules.restore_news."""
    petition = petition_to_work_on(request, pk)
    news = get_object_or_404(News, pk=news_pk, petition=petition)
    news_actions.restore_news(news, by=request.user)
    messages.success(request, _("Everybody sees it again."))
    return redirect(f"{url(petition)}#news-{news_pk}")
