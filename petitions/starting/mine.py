"""My petitions: where each stands, what was refused and why, taking back, news to signers."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.db.paging import neighbours
from core.domain.rules import require
from core.web import markup
from core.web.forms import posted
from core.web.idempotency import idempotent
from petitions import actions, pages, rules, timeline
from petitions.actions.life import WRITTEN
from petitions.listening.audiences import listeners
from petitions.models import State
from petitions.starting import limits, reading, steps
from petitions.starting.forms import UNSENT, NewsForm, WithdrawForm, keep_key
from petitions.starting.views import own_or_404

#: States after which its author may start anew from the same words.
CAME_TO_NOTHING = frozenset({State.REFUSED, State.WITHDRAWN, State.NOT_REACHED})


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """One's own petitions, from drafts to answered ones. Anybody signed in, of herself."""
    page = reading.mine(request.user, after=request.GET.get("after", ""))
    context = {"page": page, **neighbours(page, request.GET)}
    return render(request, "petitions/mine.html", context)


@login_required
@require_safe
def own(request: HttpRequest, pk: int) -> HttpResponse:
    """The author's page of a petition: where it stands and what she can do. Its author."""
    petition = own_or_404(request, pk)
    pages.show(petition)
    if petition.state == State.DRAFT:
        return redirect(steps.to_go_on(petition))
    context = {
        "petition": petition,
        "stages": timeline.stages(petition, petition.now) if petition.published_at else [],
        "may_start_anew": petition.state in CAME_TO_NOTHING,
        "may_withdraw": rules.withdraw(request.user, petition, now=petition.now, reason="-"),
        "may_tell": rules.post_news(request.user, petition, now=petition.now, title="-", text="-"),
    }
    return render(request, "petitions/own.html", context)


def _anew_answer(request: HttpRequest, draft_id: int, pk: int) -> HttpResponse:
    draft = own_or_404(request, draft_id)
    messages.success(request, _("Your words are here again: change what you want and send it."))
    return redirect(steps.WHAT.address(draft))


@idempotent(_anew_answer)
@login_required
@require_POST
def anew(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a new draft with the words of one that came to nothing. Its author; rules.begin."""
    petition = own_or_404(request, pk)
    if petition.state_at(petition.now) not in CAME_TO_NOTHING:
        raise Http404
    require(limits.BEGIN.spend(request.user.pk))
    draft = actions.begin(by=request.user, **{name: getattr(petition, name) for name in WRITTEN})
    return _anew_answer(request, draft.pk, pk)


@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it back before it has enough signatures, with a reason. rules.withdraw."""
    petition = own_or_404(request, pk)
    form = WithdrawForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with form.attempt():
            require(limits.WITHDRAW.spend(request.user.pk))
            actions.withdraw(petition, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, _("The petition is taken back."))
            return redirect("petitions:own", pk)
    else:
        require(rules.withdraw(request.user, petition, now=petition.now, reason="-"))
    context = {"petition": petition, "form": form}
    return render(request, "petitions/withdraw.html", context, status=form.status)


def _news_answer(request: HttpRequest, _id: int, pk: int) -> HttpResponse:
    messages.success(request, _("Sent. It stands on the page of the petition."))
    return redirect(f"{request.path}?saved=news")


@idempotent(_news_answer)
@UNSENT.login_required(limits.spend_unsent)
@require_http_methods(["GET", "POST"])
def news(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell those who signed something, after seeing it and how many get it. rules.post_news."""
    petition = own_or_404(request, pk)
    may = rules.post_news(request.user, petition, now=petition.now, title="-", text="-")
    form = NewsForm(posted(request), initial=UNSENT.load_of_page(request))
    form.keep_on_device(request.user, petition)
    ready = request.method == "POST" and form.is_valid()
    if ready and request.POST.get("step") == "send":
        with form.attempt():
            require(limits.NEWS.spend(request.user.pk))
            actions.post_news(petition, by=request.user, **form.cleaned_data)
            UNSENT.forget(request)
            return _news_answer(request, pk, pk)
    told = reading.told(petition, after=request.GET.get("after", ""))
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
