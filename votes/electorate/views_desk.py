"""The desk's pages of a poll's list of voters, and of codes on paper for them."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.http import AuthenticatedHttpRequest, signed_in
from accounts.paper.letters import to_print
from core.db.paging import neighbours, page_of
from core.domain.rules import Refused, Verdict, require
from core.export.csv import CSV, written
from core.templatetags.components import thousands
from core.web.downloads import to_save
from core.web.idempotency import idempotent
from votes import rules
from votes.desk.views import ask_first, poll_worked_on
from votes.electorate import actions_lists as actions
from votes.electorate import printing
from votes.electorate.forms import ListForm, SearchForm
from votes.electorate.lists import Read, read_list
from votes.models import Invitation, Poll, voter_records
from votes.paper import actions as paper_actions
from votes.paper import rules as paper_rules
from votes.presenters import ShownPoll

SIZE = 50
#: Of a list that was read, so many lines are shown before it is put down.
SHOWN = 50


def _list_answer(request: HttpRequest, _id: int, pk: int) -> HttpResponse:
    number = Invitation.objects.filter(poll=pk).count()
    said = ngettext(
        "The list is saved: %(number)s person is on it.",
        "The list is saved: %(number)s people are on it.",
        number,
    )
    messages.success(request, said % {"number": thousands(number)})
    return redirect("votes_desk:people", pk)


@idempotent(_list_answer)
@signed_in("GET", "POST")
def people(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """List of voters. POST reads a list and shows what was understood; with «confirm» it is stored.
    rules.run, office_rules.list_people."""
    shown = _poll_by_list(request, pk)
    poll = shown.poll
    may_list = paper_rules.list_people(request.user, poll, now=shown.now)
    if request.method == "GET":
        return _page(request, shown, may_list, ListForm())
    require(may_list)
    form = ListForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, shown, may_list, form)
    text = form.cleaned_data["text"]
    try:
        known = Invitation.objects.filter(poll=poll).values_list("name", "email")
        read = read_list(text, known=list(known))
        if "confirm" not in request.POST or not read.people:
            return _preview(request, shown, read, text)
        actions.invite(poll, read.people, by=request.user)
    except Refused as refusal:
        form.refuse(refusal.verdict)
        return _page(request, shown, may_list, form)
    return _list_answer(request, pk, pk)


@signed_in("GET")
def people_csv(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The list as a file for spreadsheets, without who has voted. rules.run."""
    poll = _poll_by_list(request, pk).poll
    lines = Invitation.objects.filter(poll=poll).order_by("name_key", "pk")
    rows = (
        (line.name, line.email, _("printed") if line.code else "") for line in lines.iterator(2000)
    )
    table = written([(_("name"), _("e-mail"), _("code on paper")), *rows], delimiter=";")
    return to_save(table, CSV, f"poll-{pk}-list.csv")


@signed_in("POST")
def uninvite(request: AuthenticatedHttpRequest, pk: int, line_pk: int) -> HttpResponse:
    """Take a line off the list. office_rules.list_people."""
    poll = _poll_by_list(request, pk).poll
    actions.uninvite(get_object_or_404(Invitation, pk=line_pk, poll=poll), by=request.user)
    messages.success(request, _("The line is off the list."))
    return redirect("votes_desk:people", pk)


@signed_in("GET", "POST")
def uninvite_all(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Empty the list, once it was asked. office_rules.list_people."""
    shown = _poll_by_list(request, pk)
    poll = shown.poll
    if request.method == "POST":
        actions.uninvite_all(poll, by=request.user)
        messages.success(request, _("The list is empty."))
        return redirect("votes_desk:people", pk)
    require(paper_rules.list_people(request.user, poll, now=shown.now))
    number = Invitation.objects.filter(poll=poll).count()
    return ask_first(
        request,
        shown,
        question=_("Empty the list?"),
        consequence=ngettext(
            "%(number)s person leaves the list.", "%(number)s people leave the list.", number
        )
        % {"number": thousands(number)},
        button=_("Empty the list"),
        back=reverse("votes_desk:people", args=[pk]),
    )


@signed_in("POST")
def print_codes(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Print codes for those who have none yet; kept nowhere. office_rules.print_codes."""
    poll = _poll_by_list(request, pk).poll
    try:
        pdf = printing.print_codes(poll, by=request.user, everybody="everybody" in request.POST)
    except Refused as refusal:
        if refusal.verdict.code != "codes.nobody":
            raise
        messages.info(request, str(refusal))
        return redirect("votes_desk:people", pk)
    return to_print(pdf, f"kody-{pk}.pdf")


@signed_in("POST")
def print_again(request: AuthenticatedHttpRequest, pk: int, line_pk: int) -> HttpResponse:
    """Print a new code for one line; the one before is void. office_rules.print_codes."""
    poll = _poll_by_list(request, pk).poll
    line = get_object_or_404(Invitation, pk=line_pk, poll=poll)
    pdf = printing.print_codes(poll, by=request.user, again=line)
    return to_print(pdf, f"kod-{line.pk}.pdf")


@signed_in("POST")
def hand_sheet(request: AuthenticatedHttpRequest, pk: int, line_pk: int) -> HttpResponse:
    """Give somebody a sheet, or take it back empty («back» is sent). office_rules.hand_sheet."""
    poll = _poll_by_list(request, pk).poll
    line = get_object_or_404(Invitation, pk=line_pk, poll=poll)
    act = paper_actions.take_sheet_back if "back" in request.POST else paper_actions.hand_sheet
    try:
        act(line, by=request.user)
    except Refused as refusal:
        if refusal.verdict.code not in ("vote.voted_already", "paper.none_handed"):
            raise
        messages.warning(request, str(refusal))
    return redirect("votes_desk:people", pk)


@signed_in("GET", "POST")
def void_codes(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Make all codes on paper void, once it was asked. office_rules.print_codes."""
    shown = _poll_by_list(request, pk)
    poll = shown.poll
    if request.method == "GET":
        require(paper_rules.print_codes(request.user, poll, now=shown.now))
        printed = Invitation.objects.filter(poll=poll).exclude(code=None).count()
        return ask_first(
            request,
            shown,
            question=_("Make all printed codes void?"),
            consequence=ngettext(
                "%(number)s code works no longer, also where its letter has arrived. A vote that "
                "was cast with it stays. You can print new ones.",
                "%(number)s codes work no longer, also where their letters have arrived. Votes "
                "that were cast with them stay. You can print new ones.",
                printed,
            )
            % {"number": thousands(printed)},
            button=_("Make all printed codes void"),
            back=reverse("votes_desk:people", args=[pk]),
        )
    voided = actions.void_codes(poll, by=request.user)
    messages.success(
        request,
        ngettext("%(number)s code is void.", "%(number)s codes are void.", voided)
        % {"number": thousands(voided)},
    )
    return redirect("votes_desk:people", pk)


def _poll_by_list(request: AuthenticatedHttpRequest, pk: int) -> ShownPoll:
    """A poll by a list that the person runs: names and e-mails are for nobody else."""
    shown = poll_worked_on(request, pk)
    poll = shown.poll
    require(rules.run(request.user, poll))
    if poll.voters != Poll.Voters.INVITED:
        require(paper_rules.NOT_BY_LIST)
    return shown


def _page(
    request: AuthenticatedHttpRequest, shown: ShownPoll, may_list: Verdict, form: ListForm
) -> HttpResponse:
    poll = shown.poll
    search = SearchForm(request.GET)
    lines: QuerySet[Invitation] = Invitation.objects.filter(poll=poll)
    counts = {
        "all": lines.count(),
        "without_email": lines.filter(email="").count(),
        "waiting": printing.waiting(poll).count(),
        "waiting_all": printing.waiting(poll, everybody=True).count(),
        "printed": lines.exclude(code=None).count(),
    }
    if search.is_valid() and (asked := search.cleaned_data["q"]):
        lines = lines.filter(Q(name__icontains=asked) | Q(email__icontains=asked))
    page = page_of(lines, order=("name_key", "pk"), after=request.GET.get("after"), size=SIZE)
    on_paper = voter_records(poll).filter(on_paper=True, invitation__in=page.items)
    context = shown.context(
        form=form,
        on_paper=set(on_paper.values_list("invitation_id", flat=True)),
        may_hand=paper_rules.hand_sheet(request.user, poll, now=shown.now),
        search=search,
        page=page,
        counts=counts,
        most=printing.MOST,
        may_list=may_list,
        may_print=paper_rules.print_codes(request.user, poll, now=shown.now),
        **neighbours(page, request.GET),
    )
    return render(request, "votes/desk_people.html", context, status=form.status)


def _preview(
    request: AuthenticatedHttpRequest, shown: ShownPoll, read: Read, text: str
) -> HttpResponse:
    """Understood lines, and each line that was not; nothing is stored yet."""
    context = shown.context(
        read=read,
        people=read.people[:SHOWN],
        more=max(len(read.people) - SHOWN, 0),
        wrong=read.wrong[:SHOWN],
        more_wrong=max(len(read.wrong) - SHOWN, 0),
        form=ListForm(initial={"people": text}),
    )
    return render(request, "votes/desk_people_check.html", context)
