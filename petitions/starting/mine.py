"""Views of the author's own petitions: list, state, starting anew, withdrawing, news."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import AuthenticatedHttpRequest
from core.db.paging import neighbours
from core.domain.rules import require
from core.web import markup
from core.web.forms import posted_data
from core.web.idempotency import idempotent
from petitions import limits, timeline
from petitions.life import actions
from petitions.life import rules as life_rules
from petitions.life.actions import WRITTEN
from petitions.models import State
from petitions.news import actions as news_actions
from petitions.news import rules
from petitions.signing.audiences import listeners
from petitions.starting import queries, steps
from petitions.starting.forms import UNSENT, NewsForm, WithdrawForm, keep_key
from petitions.starting.views import own_or_404

#: States after which its author may start anew from the same words.
CAME_TO_NOTHING = frozenset({State.REFUSED, State.WITHDRAWN, State.NOT_REACHED})


@login_required
@require_safe
def mine(request: AuthenticatedHttpRequest) -> HttpResponse:
    """One's own petitions, from drafts to answered ones. Anybody signed in, of themselves."""
    page = queries.mine(request.user, after=request.GET.get("after", ""))
    context = {"page": page, **neighbours(page, request.GET)}
    return render(request, "petitions/mine.html", context)


@login_required
@require_safe
def own(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The author's page of a petition: where it stands and what they can do. Its author."""
    shown = own_or_404(request, pk)
    petition, now = shown.petition, shown.now
    if shown.state == State.DRAFT:
        return redirect(steps.to_go_on(petition))
    context = {
        "petition": petition,
        "shown": shown,
        "photos": petition.photos.all(),
        "stages": timeline.stages(petition, now, shown.considered) if petition.published_at else [],
        "may_start_anew": shown.state in CAME_TO_NOTHING,
        "may_withdraw": life_rules.withdraw(request.user, petition, now=now, reason="-"),
        "may_tell": rules.post_news(request.user, petition, now=now, title="-", text="-"),
    }
    return render(request, "petitions/own.html", context)


def _anew_answer(request: AuthenticatedHttpRequest, draft_id: int, pk: int) -> HttpResponse:
    draft = own_or_404(request, draft_id).petition
    messages.success(request, _("Your words are here again: change what you want and send it."))
    return redirect(steps.WHAT.url(draft))


@idempotent(_anew_answer)
@login_required
@require_POST
def anew(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Begin a new draft with the words of one that came to nothing. Its author; rules.begin."""
    shown = own_or_404(request, pk)
    petition = shown.petition
    if shown.state not in CAME_TO_NOTHING:
        raise Http404
    require(limits.BEGIN.spend(request.user.pk))
    written = {name: getattr(petition, name) for name in WRITTEN}
    written["streets"] = petition.streets.all()
    draft = actions.begin(by=request.user, **written)
    return _anew_answer(request, draft.pk, pk)


@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Take it back before it has enough signatures, with a reason. rules.withdraw."""
    shown = own_or_404(request, pk)
    petition = shown.petition
    form = WithdrawForm(posted_data(request))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            require(limits.WITHDRAW.spend(request.user.pk))
            actions.withdraw(petition, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, _("The petition is withdrawn."))
            return redirect("petitions:own", pk)
    else:
        require(life_rules.withdraw(request.user, petition, now=shown.now, reason="-"))
    context = {"petition": petition, "form": form}
    return render(request, "petitions/withdraw.html", context, status=form.status)


def _news_answer(request: AuthenticatedHttpRequest, _id: int, pk: int) -> HttpResponse:
    messages.success(request, _("Sent. It stands on the page of the petition."))
    return redirect(f"{request.path}?saved=news")


@idempotent(_news_answer)
@UNSENT.login_required(limits.spend_unsent)
@require_http_methods(["GET", "POST"])
def news(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Tell those who signed something, after seeing it and how many get it. rules.post_news."""
    shown = own_or_404(request, pk)
    petition = shown.petition
    may = rules.post_news(request.user, petition, now=shown.now, title="-", text="-")
    form = NewsForm(posted_data(request), initial=UNSENT.load_of_page(request))
    form.keep_on_device(request.user, petition)
    ready = request.method == "POST" and form.is_valid()
    if ready and request.POST.get("step") == "send":
        with form.attempt():
            require(limits.NEWS.spend(request.user.pk))
            news_actions.post_news(petition, by=request.user, **form.cleaned_data)
            UNSENT.forget(request)
            return _news_answer(request, pk, pk)
    told = queries.news_page(petition, after=request.GET.get("after", ""))
    saved = [keep_key(request.user, petition, name) for name in form.fields]
    context = {
        "petition": petition,
        "form": form,
        "may": may,
        "preview": form.cleaned_data if ready and not form.errors else None,
        "listeners": listeners(petition.pk).count(),
        "told": told,
        "saved": saved if request.GET.get("saved") == "news" else [],
        **neighbours(told, request.GET),
    }
    if context["preview"]:
        context["html"] = markup.html(form.cleaned_data["text"])
    return render(request, "petitions/news.html", context, status=form.status)
