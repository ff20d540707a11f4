"""Views of roles, covers and lost second factors of those who work for the council."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.validators import slug_re
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.data.access_log import record_access, shows_people
from accounts.hand_overs import leaving
from accounts.hand_overs import rules as hand_over_rules
from accounts.hand_overs.models import HandOver
from accounts.hand_overs.queries import OpenWork, newest_of, work_lost, work_of_person
from accounts.http import AuthenticatedHttpRequest
from accounts.invitations.queries import open_invitations
from accounts.models import Absence, Grant, User
from accounts.security import actions as security_actions
from accounts.security import rules as security_rules
from accounts.security.proofs import has_second_factor
from accounts.staff import actions, queries, rules
from accounts.staff.forms import CoverForm, FindForm, GrantForm, ResetFactorsForm, RevokeForm
from accounts.staff.presenters import show_grants
from accounts.staff.queries import people_offered
from city.models import Department
from core.db.paging import neighbours
from core.domain import clock
from core.domain.rules import Verdict, require
from core.web.forms import RefusableForm, posted_data
from core.web.idempotency import idempotent

#: In the session: the address that was looked for among colleagues, to be invited.
LOOKED_FOR = "staff_looked_for"


@login_required
@require_http_methods(["GET", "POST"])
def staff_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Staff and their roles by department, and invitations that wait. POST finds a colleague by
    their address; whether anybody else has an account is not told. rules.see."""
    require(rules.see(request.user))
    form = FindForm(posted_data(request))
    if form.is_valid():
        email = form.cleaned_data["email"]
        colleague = queries.colleagues().of_email(email).first()
        if colleague is not None:
            return redirect("staff:person", colleague.pk)
        request.session[LOOKED_FOR] = email
        return redirect("staff:invite")
    chosen = chosen_department(request)
    page = queries.grant_page(chosen, request.GET.get("after"))
    context = {
        "form": form,
        "page": page,
        "grants": show_grants(page),
        "departments": [
            {"label": _("All"), "url": "?", "current": chosen is None},
            *department_tabs(chosen, Department.objects.all()),
        ],
        "invitations": open_invitations(),
        **neighbours(page, request.GET),
    }
    return render(request, "accounts/staff/list.html", context, status=form.status)


def chosen_department(request: HttpRequest) -> str | None:
    """The department that the address names: "" for the whole council; None: none, or no slug."""
    named = request.GET.get("department")
    return named if named == "" or (named and slug_re.match(named)) else None


def department_tabs(chosen: str | None, departments: Iterable[Department]) -> list[dict[str, Any]]:
    """The whole council ("") and its departments by their slugs, for components/tabs."""
    return [
        {"label": _("The whole council"), "url": "?department=", "current": chosen == ""},
        *(
            {
                "label": each.local_name,
                "url": f"?department={each.slug}",
                "current": chosen == each.slug,
            }
            for each in departments
        ),
    ]


@login_required
@require_safe
@shows_people
def person(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Roles of a person, current and past, and their covers. rules.see_person: they and
    administrators.
    """
    whose = get_object_or_404(User, pk=pk)
    require(rules.see_person(request.user, whose))
    record_access(request.user, whose, "staff.grants")
    may_reset = security_rules.reset_factors(request.user, whose) and has_second_factor(whose)
    context = {
        "whose": whose,
        **queries.of_person(whose),
        "may_grant": rules.over(request.user, whose),
        "may_cover": rules.may_be_covered(request.user, whose),
        "may_reset_factors": may_reset,
        "hand_overs": newest_of(person=whose) if rules.see(request.user) else [],
        "is_own": whose.pk == request.user.pk,
    }
    return render(request, "accounts/staff/person.html", context)


def _grant_answer(request: HttpRequest, _id: int, pk: int) -> HttpResponse:
    messages.success(request, _("The role is given."))
    return redirect("staff:person", pk)


@idempotent(_grant_answer)
@login_required
@require_http_methods(["GET", "POST"])
@shows_people
def grant(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Give a role, in the department chosen by ``?department=``. rules.grant."""
    whose = get_object_or_404(User, pk=pk)
    require(rules.over(request.user, whose))
    record_access(request.user, whose, "staff.grants")
    slug = chosen_department(request)
    department = get_object_or_404(Department.objects.open(), slug=slug) if slug else None
    form = GrantForm(posted_data(request), department=department)
    if form.is_valid():
        with form.attempt():
            made = actions.grant(whose, by=request.user, **form.facts())
            return _grant_answer(request, made.pk, pk)
    context = {
        "whose": whose,
        "form": form,
        "departments": department_tabs(slug or "", Department.objects.open()),
    }
    return render(request, "accounts/staff/grant.html", context, status=form.status)


@login_required
@require_http_methods(["GET", "POST"])
@shows_people
def revoke(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Take a role back, and hand over the work that goes with it. rules.revoke."""
    require(rules.see(request.user))
    held = get_object_or_404(Grant.objects.select_related("user", "department"), pk=pk)
    return _revoke(request, held.user, [held], rules.revoke(request.user, held))


@login_required
@require_http_methods(["GET", "POST"])
@shows_people
def leave(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Take all roles of somebody who leaves back, and hand over their work. rules.over."""
    whose = get_object_or_404(User, pk=pk)
    require(rules.over(request.user, whose))
    held = whose.grants.unended().select_related("user", "department").order_by("pk")
    grants = list(held)
    return _revoke(request, whose, grants, rules.leave(request.user, whose, grants))


def _revoke(
    request: AuthenticatedHttpRequest, whose: User, grants: list[Grant], verdict: Verdict
) -> HttpResponse:
    record_access(request.user, whose, "staff.grants")
    work = work_lost(whose, request.user, grants) if verdict else OpenWork([], 0)
    form = RevokeForm(
        posted_data(request), items=work.items, offered=offered_but(whose) if work.items else []
    )
    if form.is_valid():
        with form.attempt():
            passed = leaving.revoke_all(
                grants,
                by=request.user,
                reason=form.cleaned_data["reason"],
                chosen=form.choices(),
                whose=whose,
            )
            messages.success(
                request,
                ngettext("The role is revoked.", "The roles are revoked.", len(grants)),
            )
            return _after(passed, whose)
    context = {
        "grants": show_grants(grants),
        "whose": whose,
        "form": form,
        "unseen": work.unseen,
        "verdict": verdict,
        "back": reverse("staff:person", args=[whose.pk]),
    }
    return render(request, "accounts/staff/revoke.html", context, status=form.status)


def _after(passed: HandOver | None, whose: User) -> HttpResponse:
    """The page of what was handed over, else that of the person."""
    if passed is None:
        return redirect("staff:person", whose.pk)
    return redirect("staff:hand_over", passed.pk)


def offered_but(whose: User) -> list[tuple[Department, User | None]]:
    """Departments and people to whom work of a person can go."""
    return people_offered(Department.objects.open(), but=whose.pk)


def _cover_answer(request: HttpRequest, _id: int, pk: int) -> HttpResponse:
    messages.success(request, _("Your colleague stands in on those days."))
    return redirect("staff:person", pk)


@idempotent(_cover_answer)
@login_required
@require_http_methods(["GET", "POST"])
def cover(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Name who stands in. rules.name_cover: the absent person and administrators."""
    absent = get_object_or_404(User, pk=pk)
    require(rules.may_be_covered(request.user, absent))
    may_pass = bool(hand_over_rules.hand_over(request.user, absent))
    work = work_of_person(absent, request.user) if may_pass else OpenWork([], 0)
    offered = offered_but(absent) if work.items else []
    form = CoverForm(posted_data(request), absent=absent, items=work.items, offered=offered)
    if form.is_valid():
        with form.attempt():
            made, passed = leaving.name_cover(
                absent, by=request.user, chosen=form.choices(), **form.facts()
            )
            if passed is not None:
                messages.success(request, _("Your colleague stands in on those days."))
                return _after(passed, absent)
            return _cover_answer(request, made.pk, pk)
    context = {
        "whose": absent,
        "form": form,
        "unseen": work.unseen,
        "back": reverse("staff:person", args=[pk]),
    }
    return render(request, "accounts/staff/cover.html", context, status=form.status)


@login_required
@require_http_methods(["GET", "POST"])
def end_cover(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """End a cover early, after a question. rules.end_cover."""
    absence = get_object_or_404(Absence.objects.select_related("absent", "cover"), pk=pk)
    require(rules.touch_cover(request.user, absence))
    whose = absence.cover_id if absence.cover_id == request.user.pk else absence.absent_id
    back = reverse("staff:person", args=[whose])
    form = RefusableForm(posted_data(request))
    if form.is_valid():
        with form.attempt():
            actions.end_cover(absence, by=request.user)
            messages.success(request, _("The cover has ended."))
            return redirect(back)
    verdict = rules.end_cover(request.user, absence, now=clock.now())
    context = {"absence": absence, "form": form, "verdict": verdict, "back": back}
    return render(request, "accounts/staff/end_cover.html", context, status=form.status)


@login_required
@require_http_methods(["GET", "POST"])
@shows_people
def reset_factors(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Take away all second factors, after a question. security.rules.reset_factors."""
    whose = get_object_or_404(User, pk=pk)
    require(security_rules.reset_factors(request.user, whose))
    record_access(request.user, whose, "account.factors")
    form = ResetFactorsForm(posted_data(request))
    if form.is_valid():
        with form.attempt():
            security_actions.reset_factors(
                whose, by=request.user, known_by=form.cleaned_data["known_by"]
            )
            messages.success(request, _("The second factors are reset."))
            return redirect("staff:person", pk)
    context = {"whose": whose, "form": form}
    return render(request, "accounts/staff/reset_factors.html", context, status=form.status)
