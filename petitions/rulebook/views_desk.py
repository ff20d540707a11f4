"""The council's rules for petitions and its grounds of refusal: seen by staff, changed by
administrators who have just proved who they are."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.validators import slug_re
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from accounts.rules import use_desk
from accounts.security.proofs import fresh_to_change
from core.domain.rules import require
from core.web.forms import RefusableForm, posted_data
from core.web.idempotency import idempotent
from petitions import rules
from petitions.models import Ground, Petition, Procedure
from petitions.rulebook import actions
from petitions.rulebook import rules as rulebook_rules
from petitions.rulebook.forms import GroundForm, RulesForm

#: So many earlier wordings of the rules are listed.
_MOST_WORDINGS = 20


@login_required
@require_GET
def rules_page(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The rules in force, those before them, and the grounds.
    accounts.rules.use_desk."""
    require(use_desk(request.user))
    wordings = list(Procedure.objects.select_related("made_by").order_by("-pk")[:_MOST_WORDINGS])
    context = {
        "current": wordings[0],
        "former": wordings[1:],
        "grounds": Ground.objects.order_by("-in_force", "pk"),
        "may_set_rules": rules.set_rules(request.user),
    }
    return render(request, "petitions/desk_rules.html", context)


def _rules_answer(request: AuthenticatedHttpRequest, _id: int) -> HttpResponse:
    messages.success(
        request, _("In force from now on, for petitions that are published after this.")
    )
    return redirect("petitions_desk:rules")


@idempotent(_rules_answer)
@fresh_to_change
@require_http_methods(["GET", "POST"])
def change_rules(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Put other rules into force for petitions published from now on. rules.set_rules."""
    require(rules.set_rules(request.user))
    form = RulesForm(posted_data(request), current=Procedure.objects.now())
    if form.is_valid():
        with form.attempt(), form.saving(Procedure.objects.earliest("pk")):
            seen = form.in_force.pk
            actions.change_rules(by=request.user, instead_of=seen, **form.cleaned_data)
            return _rules_answer(request, seen)
    under_others = Petition.objects.collecting().count()
    return _page(request, "rules_change", form, collecting=under_others)


def _ground_answer(request: AuthenticatedHttpRequest, _id: int) -> HttpResponse:
    messages.success(request, _("The ground is added: moderators can choose it now."))
    return redirect("petitions_desk:rules")


@idempotent(_ground_answer)
@fresh_to_change
@require_http_methods(["GET", "POST"])
def new_ground(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Add a ground of refusal; ``?like=``: with the words of another to begin from.
    rules.set_rules."""
    require(rules.set_rules(request.user))
    form = GroundForm(posted_data(request), initial=_words_of(request.GET.get("like", "")))
    if form.is_valid():
        with form.attempt():
            actions.add_ground(by=request.user, **form.cleaned_data)
            return _ground_answer(request, 0)
    return _page(request, "ground", form)


@fresh_to_change
@require_http_methods(["GET", "POST"])
def change_ground(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Correct a ground's words; once somebody was refused on it, its English name alone.
    rules.change_ground."""
    require(rules.set_rules(request.user))
    ground = get_object_or_404(Ground, pk=pk)
    used = Petition.objects.filter(refused_on=ground).exists()
    form = GroundForm(posted_data(request), initial=_words(ground), used=used)
    if form.is_valid():
        with form.attempt(), form.saving(ground):
            actions.change_ground(ground, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("petitions_desk:rules")
    may = rulebook_rules.change_ground(request.user, used=used, is_reworded=True)
    return _page(request, "ground", form, ground=ground, may_reword=may)


@fresh_to_change
@require_POST
def force_ground(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Take a ground out of force, or put it back (``in_force=on``). rules.set_rules."""
    require(rules.set_rules(request.user))
    ground = get_object_or_404(Ground, pk=pk)
    into = request.POST.get("in_force") == "on"
    actions.force_ground(ground, by=request.user, in_force=into)
    said = _("The ground is in force again.") if into else _("The ground is no longer in force.")
    messages.success(request, said)
    return redirect("petitions_desk:rules")


def _words_of(code: str) -> dict[str, Any]:
    like = Ground.objects.filter(code=code).first() if slug_re.fullmatch(code) else None
    return _words(like) if like else {}


def _words(ground: Ground) -> dict[str, Any]:
    return {name: getattr(ground, name) for name in GroundForm.Meta.fields}


def _page(
    request: AuthenticatedHttpRequest, name: str, form: RefusableForm, **more: Any
) -> HttpResponse:
    context = {"form": form, **more}
    return render(request, f"petitions/desk_{name}.html", context, status=form.status)
