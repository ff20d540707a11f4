"""Personal data in the models of accounts (accounts.data.register)."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.data import words
from accounts.data.register import (
    OnErasure,
    PersonalData,
    Purpose,
    Retention,
    register,
    register_retention,
    staff_references,
)
from accounts.identity.recognising import forget_unless_counted
from accounts.models import (
    Absence,
    Agreement,
    CheckList,
    CheckListRow,
    DataAccess,
    DeskSettings,
    Export,
    Grant,
    HandOver,
    HandOverRow,
    LetterRun,
    PaperAccount,
    PaperSheet,
    PersonKey,
    Residence,
    ResidenceLetter,
    StaffInvitation,
    StaffNote,
    Suspension,
    User,
    Verification,
)
from accounts.notes.matters import label_of
from accounts.residence.models import address_is_idle
from core.domain.email_addresses import to_comparable

AUTHORITY = _("By whose authority the council acted is part of its records (law 2939-VI art. 15)")

register(
    PersonalData(
        model=User,
        purpose=Purpose.ACCOUNT,
        title=_("Account"),
        whose=("pk",),
        shown={
            "email": _("e-mail"),
            "delivered_email": _("e-mail as mail is delivered to it"),
            "phone": _("telephone"),
            "given_name": _("first name"),
            "family_name": _("last name"),
            "public_name_style": _("public name"),
            "language": _("language for mails"),
            "date_joined": _("signed up"),
            "last_login": _("last signed in"),
        },
        on_erasure=OnErasure.EMPTIED,
        emptied={
            "given_name": "",
            "family_name": "",
            "public_name_style": "initial",
            "language": "uk",
            "last_login": None,
        },
        kept_because=_(
            "A row without a name stays, so that what you said stays countable as said by one "
            "person (3841-IX art. 19, 393/96-ВР art. 23-1)"
        ),
    ),
    PersonalData(
        model=DeskSettings,
        purpose=Purpose.ACCOUNT,
        title=_("How you hear of deadlines at the council’s desk"),
        whose=("user",),
        shown={
            "wants_reminders": _("reminders by mail"),
            "calendar_made_at": _("link to your calendar made"),
            "changed_at": _("when"),
        },
        said={"wants_reminders": words.if_so},
        on_erasure=OnErasure.DELETED,
    ),
    PersonalData(
        model=Agreement,
        purpose=Purpose.ACCOUNT,
        title=_("What you agreed to"),
        shown={"document": _("document"), "version": _("version"), "agreed_at": _("when")},
        said={"version": words.version},
        on_erasure=OnErasure.KEPT,
        kept_because=_(
            "Proof of the consent, without your name, while a claim can be brought "
            "(Civil Code art. 257)"
        ),
        period="agreements",
        after_end=True,
    ),
    PersonalData(
        model=Suspension,
        purpose=Purpose.PROTECTION,
        title=_("Suspensions"),
        shown={"reason": _("reason"), "at": _("since"), "ended_at": _("until")},
        period="suspensions",
        after_end=True,
    ),
    PersonalData(
        model=Verification,
        purpose=Purpose.IDENTITY,
        title=_("Checks of who you are"),
        shown={
            "level": _("assurance"),
            "how": _("how"),
            "source": _("by what"),
            "organisation_code": _("ЄДРПОУ"),
            "organisation_name": _("organisation"),
            "age_over": _("age of at least"),
            "came_back": _("known here before, under an account that you have erased"),
            "at": _("when"),
            "expires_at": _("expires"),
            "ended_at": _("ended"),
        },
        said={"source": words.source, "came_back": words.if_so},
        last_days=("expires_at",),
        period="verifications",
        after_end=True,
    ),
    PersonalData(
        model=PersonKey,
        purpose=Purpose.IDENTITY,
        title=_("By what one living person is told from another"),
        shown={"at": _("since")},
        on_erasure=OnErasure.KEPT,
        erase=forget_unless_counted,
        kept_because=_(
            "If you have supported something that still counts: a code made of your РНОКПП, of "
            "which nobody can make the number again, so that you do not support it twice under "
            "another account (393/96-ВР art. 23-1, 3841-IX art. 19; 2297-VI art. 11(1)(5)). "
            "Otherwise it is deleted"
        ),
        period="person_keys",
        after_end=True,
    ),
    PersonalData(
        model=Residence,
        purpose=Purpose.RESIDENCE,
        title=_("Residence"),
        shown={
            "district__name": _("district"),
            "address": _("address"),
            "basis": _("basis"),
            "declared_at": _("declared"),
            "how": _("how it was checked"),
            "checked_at": _("checked"),
            "expires_at": _("expires"),
            "ended_at": _("ended"),
        },
        last_days=("expires_at",),
        period="residences",
        after_end=True,
    ),
    PersonalData(
        model=Grant,
        purpose=Purpose.DUTIES,
        title=_("Roles that you have or had"),
        shown={
            "role": _("role"),
            "department__name": _("department"),
            "scope": _("for what"),
            "post": _("post"),
            "post_genitive": _("post, in the genitive"),
            "patronymic": _("patronymic"),
            "starts_at": _("from"),
            "ends_at": _("until"),
            "reason": _("reason"),
            "granted_at": _("granted"),
            "revoked_at": _("revoked"),
            "revoked_reason": _("reason for the end"),
        },
        said={"scope": words.thing},
        last_days=("ends_at",),
        on_erasure=OnErasure.EMPTIED,
        emptied={"reason": "", "revoked_reason": "", "patronymic": ""},
        kept_because=AUTHORITY,
    ),
    PersonalData(
        model=StaffInvitation,
        purpose=Purpose.DUTIES,
        title=_("Invitations to work for the council"),
        find=lambda user: StaffInvitation.objects.filter(email=to_comparable(user.email or "")),
        shown={
            "email": _("e-mail"),
            "role": _("role"),
            "department__name": _("department"),
            "scope": _("for what"),
            "post": _("post"),
            "post_genitive": _("post, in the genitive"),
            "patronymic": _("patronymic"),
            "ends_at": _("until"),
            "reason": _("reason"),
            "invited_at": _("invited"),
            "accepted_at": _("accepted"),
            "revoked_at": _("withdrawn"),
        },
        said={"scope": words.thing},
        last_days=("ends_at",),
        period="staff_invitations",
        after_end=True,
    ),
    PersonalData(
        model=Absence,
        purpose=Purpose.DUTIES,
        title=_("Absences, and who stood in"),
        whose=("absent", "cover"),
        shown={
            "starts_at": _("from"),
            "ends_at": _("until"),
            "reason": _("reason"),
            "ended_at": _("ended"),
        },
        last_days=("ends_at",),
        on_erasure=OnErasure.EMPTIED,
        emptied={"reason": ""},
        kept_because=AUTHORITY,
    ),
    PersonalData(
        model=HandOver,
        purpose=Purpose.DUTIES,
        title=_("Your open work that was handed over"),
        whose=("person",),
        shown={"occasion": _("occasion"), "at": _("when")},
        on_erasure=OnErasure.KEPT,
        kept_because=AUTHORITY,
    ),
    PersonalData(
        model=StaffNote,
        purpose=Purpose.DUTIES,
        title=_("Notes that you wrote to colleagues"),
        whose=("author",),
        shown={
            "matter_kind": _("about what"),
            "matter_id": _("its number"),
            "words": _("text"),
            "written_at": _("when"),
            "is_handed_over": _("handed over"),
            "withdrawn_at": _("withdrawn"),
        },
        said={"matter_kind": label_of, "is_handed_over": words.if_so},
        recipients=_("those who may work on the same matter"),
        on_erasure=OnErasure.KEPT,
        kept_because=_("The council's own records of a matter (law 2939-VI)"),
        kept_until=_("with what it is about, or until the names in that go"),
    ),
    PersonalData(
        model=Export,
        purpose=Purpose.PROTECTION,
        title=_("Downloads of your data"),
        shown={"asked_at": _("asked for"), "ready_at": _("ready"), "ended_at": _("deleted")},
        period="exports",
    ),
    PersonalData(
        model=DataAccess,
        purpose=Purpose.PROTECTION,
        title=_("Who of the council looked at your data"),
        shown={
            "at": _("when"),
            "why": _("why"),
            "by__given_name": _("first name"),
            "by__family_name": _("last name"),
            "role": _("role"),
            "department__name": _("department"),
        },
        said={"why": words.reason_of_look, "role": words.role},
        period="looks",
    ),
    PersonalData(
        model=ResidenceLetter,
        purpose=Purpose.RESIDENCE,
        title=_("Letters with a code"),
        whose=("residence__user",),
        shown={
            "asked_at": _("asked for"),
            "run__at": _("printed"),
            "expires_at": _("works until"),
            "tries": _("tries"),
            "used_at": _("used"),
            "void_at": _("void since"),
        },
        last_days=("expires_at",),
    ),
    PersonalData(
        model=CheckListRow,
        purpose=Purpose.IDENTITY,
        title=_("Lists of checks at an office"),
        shown={
            "check_list__made_at": _("handed in"),
            "check_list__applied_at": _("applied"),
            "document": _("kind of document"),
            "identity": _("who you are"),
            "age_over": _("age of at least"),
            "district__name": _("district"),
            "basis": _("basis"),
        },
    ),
    PersonalData(
        model=PaperAccount,
        purpose=Purpose.ACCOUNT,
        title=_("Account number for signing in by codes on paper"),
        shown={"number": _("number"), "made_at": _("since")},
    ),
    PersonalData(
        model=PaperSheet,
        purpose=Purpose.ACCOUNT,
        title=_("Sheets of codes"),
        whose=("account__user",),
        shown={
            "made_at": _("made"),
            "expires_at": _("works until"),
            "next_place": _("codes used"),
            "void_at": _("void since"),
        },
        last_days=("expires_at",),
    ),
)
register_retention(
    Retention(
        model=Agreement,
        period="agreements",
        stale=lambda before: Q(user__erased_at__lt=before),
    ),
    Retention(model=Suspension, period="suspensions", stale=lambda before: Q(ended_at__lt=before)),
    Retention(
        model=Verification, period="verifications", stale=lambda before: Q(ended_at__lt=before)
    ),
    Retention(
        model=PersonKey,
        period="person_keys",
        stale=lambda before: Q(user__erased_at__lt=before),
    ),
    Retention(model=Residence, period="residences", stale=lambda before: Q(ended_at__lt=before)),
    Retention(
        model=Residence,
        period="addresses",
        stale=lambda before: address_is_idle() & Q(checked_at__lt=before),
        emptied={"address": ""},
    ),
    Retention(
        model=Residence,
        period="unchecked_addresses",
        stale=lambda before: address_is_idle() & Q(checked_at=None, declared_at__lt=before),
        emptied={"address": ""},
    ),
    Retention(
        model=StaffInvitation,
        period="staff_invitations",
        stale=lambda before: Q(expires_at__lt=before),
    ),
    Retention(model=Export, period="exports", stale=lambda before: Q(ended_at__lt=before)),
    Retention(model=DataAccess, period="looks", stale=lambda before: Q(at__lt=before)),
)
staff_references(Suspension, "by", "ended_by")
staff_references(Verification, "by")
staff_references(Residence, "checked_by")
staff_references(Grant, "granted_by", "revoked_by")
staff_references(StaffInvitation, "invited_by", "revoked_by")
staff_references(HandOver, "by")
staff_references(HandOverRow, "from_person", "to_person", "taken_back_by")
staff_references(Absence, "named_by", "ended_by")
staff_references(StaffNote, "mentioned")
staff_references(DataAccess, "by", why=_("the journal of another person, who has a right to it"))
staff_references(LetterRun, "by")
staff_references(CheckList, "by", "second")
staff_references(PaperAccount, "made_by")
staff_references(PaperSheet, "made_by")
