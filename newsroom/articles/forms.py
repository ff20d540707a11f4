"""Forms of the desk for articles and their pictures. They gather; the rules judge."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from city.models import Department, District, Theme
from core.kept_pictures.forms import ALT_HELP, CREDIT_HELP
from core.web.forms import (
    DateTimeField,
    DateTimeInput,
    RefusableForm,
    TextField,
    offer,
    offer_choices,
)
from core.web.optimistic_lock import OptimisticLockForm
from newsroom.articles.content import COLUMNS, LISTS, Content
from newsroom.articles.fields import RelatedField, StreetsField, address_of, rows_of
from newsroom.events import ArticleCorrected, ArticleDrafted, ArticleEdited, PicturesChanged
from newsroom.models import Article, ArticlePicture, Kind

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Article]
    _PictureForm = forms.ModelForm[ArticlePicture]
else:
    _ModelForm = forms.ModelForm
    _PictureForm = forms.ModelForm

_MOMENT = {"class": "govuk-input--width-20"}
_MARKUP = _(
    "An empty line begins a paragraph. **Strong**, *emphasis*, - lists, > quotations, "
    "[words](https://address)."
)


def departments_of(user: User) -> Any:
    """Those for which the person may write."""
    offered = Department.objects.offered([None])
    return offered if user.is_administrator else offered.filter(pk__in=user.department_ids)


class ArticleForm(OptimisticLockForm, _ModelForm):
    """Form for an article's text and subjects."""

    saved_in = (ArticleEdited, ArticleCorrected, ArticleDrafted)
    saved_id = "article_id"
    refused_at = {
        "article.begins_missing": "begins_at",
        "article.ends_before_it_begins": "ends_at",
        "article.place_missing": "place",
        "article.contact_missing": "contact",
        "article.english_in_part": "title_en",
        "article.urgent_in_the_past": "urgent_until",
        "article.urgent_too_long": "urgent_until",
        "article.reason_missing": "reason",
        "article.kind_fixed": "kind",
    }

    streets = StreetsField(
        label=_("Streets"),
        required=False,
        help_text=_("One a line, as they are called. Those who follow a street will find it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    related = RelatedField(
        label=_("What it is about"),
        required=False,
        help_text=_(
            "Addresses of consultations, petitions, polls and meetings here, one a line: "
            "…/petitions/12/"
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reason = forms.CharField(
        label=_("What was wrong"),
        required=False,
        max_length=500,
        help_text=_(
            "Everybody reads it on the page, with the former words. Nothing is needed where you "
            "change only themes, streets, what it is about, or add a translation."
        ),
    )

    class Meta:
        model = Article
        fields: tuple[str, ...] = (
            *("kind", "title", "summary", "text", "begins_at", "ends_at", "place"),
            *("contact", "themes", "district", "streets", "related"),
            *("title_en", "summary_en", "text_en", "urgent_until"),
        )
        field_classes = {
            "text": TextField,
            "text_en": TextField,
            "begins_at": DateTimeField,
            "ends_at": DateTimeField,
            "urgent_until": DateTimeField,
        }
        labels = {
            "kind": _("What it is"),
            "begins_at": _("The event begins"),
            "ends_at": _("The event ends"),
            "place": _("Where the event takes place"),
            "title": pgettext_lazy("of an article", "Title"),
            "title_en": pgettext_lazy("of an article", "Title in English"),
            "urgent_until": _("Show its title above every page until"),
        }
        help_texts = {
            "summary": _("What happened, in one or two sentences. It stands in lists and feeds."),
            "text": _MARKUP,
            "begins_at": _("Of events only."),
            "place": _("Of events only."),
            "contact": _("Of press releases only. Everybody reads it."),
            "title_en": _(
                "Without English the page says that it is in Ukrainian only. All three or none."
            ),
            "text_en": _MARKUP,
            "urgent_until": _(
                "For what people must know now: no water, a road closed. Fourteen days at most."
            ),
        }
        widgets: dict[str, Any] = {
            "kind": forms.RadioSelect,
            "summary": forms.Textarea(attrs={"rows": 3}),
            "text": forms.Textarea(attrs={"rows": 14}),
            "summary_en": forms.Textarea(attrs={"rows": 3, "lang": "en"}),
            "text_en": forms.Textarea(attrs={"rows": 10, "lang": "en"}),
            "title_en": forms.TextInput(attrs={"lang": "en"}),
            "themes": forms.CheckboxSelectMultiple,
            "begins_at": DateTimeInput(attrs=_MOMENT),
            "ends_at": DateTimeInput(attrs=_MOMENT),
            "urgent_until": DateTimeInput(attrs=_MOMENT),
        }

    def __init__(self, *args: Any, is_public: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_choices(self, "kind", Kind.choices)
        row = self.instance
        if row.pk:
            self.initial.update(self.current_values(row))
        used = [each.pk for each in self.initial.get("themes", ())]
        offer(self, "themes", Theme.objects.offered(used))
        offer(self, "district", District.objects.offered([row.district_id])).empty_label = _(
            "the whole city"
        )
        if is_public:
            del self.fields["kind"]
        else:
            del self.fields["reason"]

    def current_values(self, row: Article) -> Mapping[str, Any]:
        """The columns, and the lists: seven queries."""
        columns = {name: getattr(row, name) for name in COLUMNS if name != "district"}
        related = [
            address_of(each)
            for name in LISTS[2:]
            for each in getattr(row, name).only("pk").order_by("pk")
        ]
        return {
            **columns,
            "district": row.district_id,
            "themes": list(row.themes.all()),
            "streets": list(row.streets.select_related("district")),
            "related": related,
        }

    def content(self) -> Content:
        """The article's content, for the actions."""
        data = self.cleaned_data
        said: dict[str, Any] = {name: data[name] for name in COLUMNS if name in data}
        said |= {"themes": list(data["themes"]), "streets": data["streets"]}
        said |= rows_of(data["related"])
        return Content(**{"kind": self.instance.kind, **said})

    def _post_clean(self) -> None:
        """The rules and the constraints judge; the instance is written by the action alone."""


class NewArticleForm(ArticleForm):
    """A new article: also for which department it is written."""

    class Meta(ArticleForm.Meta):
        fields = ("department", *ArticleForm.Meta.fields)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = departments_of(by)
        offer(self, "department", mine)
        self.initial.setdefault("department", mine.first())


class PublishForm(RefusableForm):
    """When an article is published."""

    refused_at = {"article.planned_in_the_past": "at"}

    when = forms.ChoiceField(
        label=_("When"),
        choices=[("now", _("Now")), ("later", _("At a time ahead, by itself"))],
        widget=forms.RadioSelect,
        initial="now",
        error_messages={"required": _("Please say when.")},
    )
    at = DateTimeField(label=_("The time"), required=False, widget=DateTimeInput(attrs=_MOMENT))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        later = cleaned.get("when") == "later"
        if later and cleaned.get("at") is None and "at" not in self.errors:
            self.add_error("at", _("Please say at what time."))
        return cleaned

    @property
    def at_time(self) -> datetime | None:
        """The time ahead; None: now."""
        data = self.cleaned_data
        return data["at"] if data["when"] == "later" else None


class WithdrawForm(RefusableForm):
    """Why an article is taken back."""

    refused_at = {"article.reason_missing": "reason"}

    reason = forms.CharField(
        label=_("Reason, for everybody to read"),
        max_length=500,
        error_messages={"required": _("Please give the reason.")},
    )


class DescribeForm(OptimisticLockForm, _PictureForm):
    """The words of a picture."""

    saved_in = (PicturesChanged,)
    saved_id = "article_id"
    refused_at = {"picture.alt_missing": "alt"}

    class Meta:
        model = ArticlePicture
        fields: tuple[str, ...] = ("alt", "alt_en", "credit")
        help_texts = {
            "alt": ALT_HELP,
            "credit": CREDIT_HELP,
        }
        widgets: dict[str, Any] = {
            "alt": forms.Textarea(attrs={"rows": 2}),
            "alt_en": forms.Textarea(attrs={"rows": 2, "lang": "en"}),
        }

    def current_values(self, row: ArticlePicture) -> Mapping[str, Any]:
        return {name: getattr(row, name) for name in self.Meta.fields}

    def saved_key(self, fresh: Any) -> int:
        return int(fresh.article_id)

    def _post_clean(self) -> None:
        """The rules judge."""
