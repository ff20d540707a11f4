"""Choose a street in a form: the words that mean one, and a choice where they mean several."""

from __future__ import annotations

import pytest
from django import forms
from django.http import QueryDict
from django.utils import timezone

from city.models import District, Street
from city.streets import finding
from city.streets import names as streets_names
from city.streets.field import KEEP, ChosenStreet, StreetField

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> dict[str, Street]:
    centre = District.objects.create(slug="tsentr", name="Центр")
    village = District.objects.create(slug="stepove", name="Степове")
    rows: list[tuple[str, str, District | None, list[str]]] = [
        ("sobornosti", "вулиця Соборності", centre, ["вулиця Леніна"]),
        ("pamiati", "вулиця Пам’яті", centre, []),
        ("myru", "проспект Миру", centre, []),
        ("shevchenka", "бульвар Тараса Шевченка", centre, []),
        ("sadova", "вулиця Садова", centre, []),
        ("sadova-2", "вулиця Садова", village, []),
        ("naberezhna", "вулиця Набережна", centre, []),
        ("bereznia", "вулиця 8 Березня", None, ["вулиця Миколи Кузнєцова"]),
        ("proektna", "вулиця Проєктна", centre, []),
        ("kvartal", "173 квартал", centre, []),
    ]
    return {
        slug: Street.objects.create(slug=slug, name=name, district=district, former_names=former)
        for slug, name, district, former in rows
    }


class Asked(forms.Form):
    street = StreetField(label="Вулиця", required=False)


class AskedStrictly(forms.Form):
    street = StreetField(label="Вулиця", must_be_known=True)


def _asked(words: str, choice: str = "", of: str | None = None, kind: type[forms.Form] = Asked):
    data = QueryDict(mutable=True)
    data.update(
        {"street": words, "street-choice": choice, "street-of": words if of is None else of}
    )
    return kind(data)


def _chosen(form: forms.Form) -> ChosenStreet:
    assert form.is_valid(), form.errors
    return form.cleaned_data["street"]


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("вулиця Соборності", "sobornosti"),
        ("вул. Соборності", "sobornosti"),
        ("ВУЛ.СОБОРНОСТІ", "sobornosti"),
        ("Соборності", "sobornosti"),
        ("Соборності вул.", "sobornosti"),
        ("м. Рудногірськ, вул. Соборності, буд. 12, кв. 3", "sobornosti"),
        ("вул. Соборності 12-А", "sobornosti"),
        ("вул Соборнасті", "sobornosti"),  # a slip
        ("вулиця Леніна", "sobornosti"),  # its former name
        ("вулиця Пам’яті", "pamiati"),
        ("вулиця Пам'яті", "pamiati"),
        ("вулиця Памʼяті", "pamiati"),
        ("вулиця Памяті", "pamiati"),
        ("просп. Миру", "myru"),
        ("пр. Миру", "myru"),
        ("пр-т Миру", "myru"),
        ("проспект  миру ", "myru"),
        ("б-р Т. Шевченка", "shevchenka"),
        ("бульвар Шевченка", "shevchenka"),
        ("вул. Набережна", "naberezhna"),
        ("Набережна вулиця", "naberezhna"),
        ("вул. 8 Березня", "bereznia"),
        ("вулиця 8 Березня, 5", "bereznia"),
        ("м. Рудногірськ, 8 Березня, 5", "bereznia"),
        ("вулиця Проектна", "proektna"),
        ("квартал 173", "kvartal"),
        ("cj,jhyjcns", "sobornosti"),  # typed in the other keyboard layout
        ("174 квартал", None),  # a number is no slip
        ("вул. Миру", None),  # an avenue is no street: it is asked
        ("вул. Садова", None),
        ("у центрі", None),
        ("вул.", None),
        ("", None),
    ],
)
def test_the_words_mean_one_street(city: dict[str, Street], words: str, slug: str | None) -> None:
    found = finding.find(words)
    assert (found.street.slug if found.street else None) == slug


def test_what_means_none_or_several_is_asked(city: dict[str, Street]) -> None:
    form = _asked("вул. Садова")
    assert form.errors["street"].as_data()[0].code == "several"
    html = str(form["street"])
    assert html.count('type="radio"') == 3
    assert "Центр" in html and "Степове" in html
    assert 'name="street-of" value="вул. Садова"' in html
    assert 'value="вул. Садова"' in html

    form = _asked("вул. Миру")
    assert form.errors["street"].as_data()[0].code == "similar"
    assert "проспект Миру" in str(form["street"])


def test_the_choice_is_taken(city: dict[str, Street]) -> None:
    village = city["sadova-2"]
    form = _asked("вул. Садова", str(village.pk))
    assert _chosen(form) == ChosenStreet(village, "вул. Садова")
    # Another field was wrong: the form comes back with the choice.
    html = " ".join(str(form["street"]).split())
    assert f'value="{village.pk}" checked' in html


def test_the_words_are_kept_where_the_list_lacks_them(city: dict[str, Street]) -> None:
    assert _chosen(_asked("біля ринку «Рудана»")) == ChosenStreet(None, "біля ринку «Рудана»")
    form = _asked("вул. Миру", KEEP)
    assert _chosen(form) == ChosenStreet(None, "вул. Миру")
    assert "checked" in str(form["street"])
    assert _chosen(_asked("  ")) == ChosenStreet()


def test_a_field_that_asks_for_a_known_street_keeps_no_words(city: dict[str, Street]) -> None:
    for form, code in (
        (_asked("", kind=AskedStrictly), "required"),
        (_asked("біля ринку «Рудана»", kind=AskedStrictly), "unknown"),
        (_asked("вул. Миру", KEEP, kind=AskedStrictly), "similar"),
    ):
        assert form.errors["street"].as_data()[0].code == code
        assert f'value="{KEEP}"' not in str(form["street"])


@pytest.mark.parametrize("choice", ["x", "0", "9" * 30, "²", "-1"])
def test_an_invented_choice_counts_for_nothing(city: dict[str, Street], choice: str) -> None:
    assert _asked("вул. Садова", choice).errors["street"].as_data()[0].code == "several"


def test_words_corrected_after_the_choice_count(city: dict[str, Street]) -> None:
    form = _asked("вул. Соборності", str(city["sadova"].pk), of="вул. Садова")
    assert _chosen(form).street == city["sobornosti"]


def test_a_closed_street_is_not_offered(city: dict[str, Street]) -> None:
    closed = city["pamiati"]
    Street.objects.filter(pk=closed.pk).update(closed_at=timezone.now())
    form = _asked("вул. Пам'яті")
    assert form.errors["street"].as_data()[0].code == "closed"
    assert f'value="{closed.pk}"' not in str(form["street"])
    assert _chosen(_asked("вул. Пам'яті", KEEP)) == ChosenStreet(None, "вул. Пам'яті")
    assert _asked("вул. Пам'яті", str(closed.pk)).errors

    stored = _asked("вул. Пам'яті")
    field = stored.fields["street"]
    assert isinstance(field, StreetField)
    field.current = closed
    assert _chosen(stored).street == closed


def test_words_in_latin_letters_are_compared_with_slugs(city: dict[str, Street]) -> None:
    found = finding.find("Shevchenka Street")
    assert [each.name for each in found.suggestions][:1] == ["бульвар Тараса Шевченка"]


def test_a_name_of_today_comes_before_a_former_one(city: dict[str, Street]) -> None:
    now = Street.objects.create(slug="lenina", name="вулиця Леніна")
    assert finding.find("вул. Леніна").street == now


def test_a_stored_street_stands_in_the_form_and_is_no_change(city: dict[str, Street]) -> None:
    street = city["sadova-2"]
    form = Asked(initial={"street": street})
    html = str(form["street"])
    assert 'value="вулиця Садова"' in html and "checked" in html
    sent = QueryDict(mutable=True)
    sent.update({"street": street.name, "street-of": street.name, "street-choice": str(street.pk)})
    again = Asked(sent, initial={"street": street})
    assert not again.has_changed()
    assert _chosen(again).street == street
    assert "checked" in str(Asked(initial={"street": ChosenStreet(street, "Садова")})["street"])
    assert 'value="біля ринку"' in str(
        Asked(initial={"street": ChosenStreet(None, "біля ринку")})["street"]
    )


def test_it_asks_at_most_twice(city: dict[str, Street], django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        assert _asked("вул. Соборності").is_valid()
    with django_assert_num_queries(2):
        assert _asked("вул. Соборнасті").is_valid()
    with django_assert_num_queries(1):
        assert _asked("вул. Садова", str(city["sadova"].pk)).is_valid()


@pytest.mark.parametrize(
    "words", ["%", "_", "\x00", "|", "\n", "a" * 5000, "вул. \ud83d", "'; --", "abc\x00", "’"]
)
def test_odd_words_find_nothing_and_break_nothing(city: dict[str, Street], words: str) -> None:
    assert finding.find(words).street is None
    _asked(words).is_valid()


def test_streets_are_sorted_by_their_own_name(city: dict[str, Street]) -> None:
    assert streets_names.sorted_by("проспект Миру") == "Миру проспект"
    names = [street.name for street in Street.objects.all()]
    assert names.index("проспект Миру") < names.index("вулиця Садова")
    assert names.index("вулиця Садова") < names.index("бульвар Тараса Шевченка")
