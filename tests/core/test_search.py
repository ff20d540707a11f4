"""Ukrainian search on a real PostgreSQL: forms, spellings, slips, excerpts."""

import pytest
from django.apps.registry import Apps
from django.contrib.postgres.search import SearchVectorField
from django.db import connection, models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.db.search import ALIKE, clean, document, excerpt, lemmas, query, rank, similar


def finds(words, text, forgiving=False):
    """Whether PostgreSQL finds the text by the words."""
    asked = query(words, forgiving)
    with connection.cursor() as cursor:
        literal = asked.get_source_expressions()[-1].value
        cursor.execute("SELECT %s::tsvector @@ %s::tsquery", [document(B=text), literal])
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("ремонту доріг", "Ремонт дороги на Шкільній"),
        ("дорога ремонт", "просимо про ремонт усіх доріг"),
        ("проект", "Про проєкт рішення"),
        ("проєктами", "обговорення проекту рішення"),
        ("траекторія", "траєкторії руху"),
        ("проектування", "проєктування скверу"),
        ("об'єкт", "на об’єктах благоустрою"),
        ("обʼєкт", "об'єкти торгівлі"),
        ("обєднання", "об’єднання співвласників"),
        ("пять", "п’ятьма голосами"),
        ("вебсайт", "на веб-сайті ради"),
        ("веб-сайт", "на вебсайтах установ"),
        ("сайт ради", "веб-сайт міської ради"),
        ("онлайн платформа", "на онлайн-платформі"),
        ("фойє", "у фоє театру"),
        ("священики", "священник із Покровської"),
        ("авдит", "аудиту підприємства"),
        ("грунт", "забруднення ґрунту"),
        ("незалежності", "площа Незалежности"),
        ("комісії", "засідання коммісії"),
        ("міська рада", "мiська рада"),  # with a Latin i
        ("вулиця Шкільна", "вул. Шкільній"),
        ("діти", "майданчик для дітей"),
        ("мати", "матері просять"),
        ("маю", "хочемо мати парк"),
        ("2136-IX", "законом № 2136-ІХ"),  # in Cyrillic letters
        ("розділ VII", "у розділі VІІ"),
        ("пункт 2.1", "у п. 2.1 замінити"),
        ("31.01.2018", "рішення від 31.01.2018"),
        ("covid", "через COVID-19"),
        ("за і проти", "проти забудови"),
        ("Кривбасбуду", "підряднику Кривбасбуд"),
        ("пере\u00adносити", "перено\u0301сити"),
    ],
)
def test_finds(db, words, text):
    assert finds(words, text)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("ремонт школи", "ремонт дороги"),
        ("парк", "парковка"),
        ("п. 2", "у п. 2.1 замінити"),
        ("10", "100 гривень"),
        ("", "будь-що"),
        ("і та не", "і та не"),
        ("ремнот", "ремонт дороги"),
    ],
)
def test_does_not_find(db, words, text):
    assert not finds(words, text)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("ремнот", "ремонт дороги"),
        ("тратуар", "нові тротуари"),
        ("траспорту", "громадський транспорт"),
        ("велодоріжкі", "велодоріжка вздовж вулиці"),
        ("комісся", "постійна комісія"),
        ("регуляторнй акт", "проєкт регуляторного акта"),
        ("асвітлення", "освітлення двору"),
    ],
)
def test_a_forgiving_query_finds_what_was_meant(db, words, text):
    assert not finds(words, text)
    assert finds(words, text, forgiving=True)


def test_a_forgiving_query_is_no_wider_for_words_that_are_right(db):
    assert finds("парк", "парк", forgiving=True)
    assert not finds("парк", "марка", forgiving=True)


def test_queries_of_nothing_say_so():
    assert query("").is_empty
    assert query("і, та — не!").is_empty
    assert not query("парк").is_empty


@pytest.fixture
def notes(db):
    """A small table of its own, gone with the test's transaction."""

    class Note(models.Model):
        title = models.TextField()
        search = SearchVectorField(null=True)

        class Meta:
            apps = Apps()  # not the project's: no migration should miss it
            app_label = "core"
            db_table = "test_note"

    with connection.schema_editor() as editor:
        editor.create_model(Note)
    return Note.objects


def test_a_document_is_stored_by_every_way_of_writing(notes):
    notes.create(title="one", search=document(A="Ремонт доріг"))
    notes.bulk_create(
        [notes.model(title=title, search=document(B="Ремонт доріг")) for title in ("two", "three")]
    )
    four = notes.create(title="four")
    notes.filter(pk=four.pk).update(search=document(C="Ремонт доріг"))
    found = notes.filter(search=query("ремонту дороги"))
    assert sorted(found.values_list("title", flat=True)) == ["four", "one", "three", "two"]
    four.refresh_from_db()
    four.save()
    assert found.count() == 4


def test_heavier_places_rank_first(notes):
    notes.create(title="text", search=document(A="Бюджет", B="є й дорога"))
    notes.create(title="title", search=document(A="Дорога", B="у бюджеті"))
    ranked = notes.filter(search=query("дороги")).annotate(rank=rank(query("дороги")))
    assert list(ranked.order_by("-rank").values_list("title", flat=True)) == ["title", "text"]


def test_queries_combine_and_invert(notes):
    notes.create(title="both", search=document(B="парк і школа"))
    notes.create(title="park", search=document(B="парк"))
    assert notes.filter(search=query("парки") & query("школи")).get().title == "both"
    assert notes.filter(search=query("парки") & ~query("школи")).get().title == "park"
    assert notes.filter(search=query("парки") | query("школи")).count() == 2
    assert not notes.filter(search=query("")).exists()


@pytest.mark.parametrize(
    ("words", "title"),
    [("ремнот", "Капітальний ремонт мосту"), ("вулиця Шкильна", "Забудова вулиці Шкільної")],
)
def test_misspelt_titles_are_found_by_their_trigrams(notes, words, title):
    notes.bulk_create([notes.model(title=other) for other in ("Парк", "Бюджет участі", title)])
    alike = notes.annotate(likeness=similar("title", words)).filter(likeness__gte=ALIKE)
    assert [note.title for note in alike] == [title]


def test_an_excerpt_marks_inflected_words():
    fragments = excerpt("Ми просимо ремонту нашої дороги, вона розбита.", query("ремонт доріг"))
    assert fragments == [
        ("Ми просимо ", False),
        ("ремонту", True),
        (" нашої ", False),
        ("дороги", True),
        (", вона розбита.", False),
    ]


def test_an_excerpt_is_where_most_words_stand_together():
    text = "Дорога. " + "Тут про інше. " * 60 + "Про ремонт дороги йдеться тут. " + "Кінець. " * 60
    fragments = excerpt(text, query("ремонт дороги"), length=120)
    shown = "".join(fragment for fragment, _ in fragments)
    assert [fragment for fragment, matched in fragments if matched] == ["ремонт", "дороги"]
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(shown) <= 122
    assert shown.strip("…") in text


def test_an_excerpt_without_a_match_is_the_beginning():
    text = "Слово " * 100
    [(shown, matched)] = excerpt(text, query("дорога"), length=50)
    assert not matched
    assert shown == "Слово Слово Слово Слово Слово Слово Слово Слово…"
    assert excerpt("", query("дорога")) == []


def test_an_excerpt_is_plain_text():
    hostile = "<script>alert(1)</script> дорога"
    fragments = excerpt(hostile, query("дороги"))
    assert "".join(fragment for fragment, _ in fragments) == hostile


@given(st.text(max_size=400), st.text(max_size=40))
def test_any_excerpt_is_part_of_its_text(text, words):
    fragments = excerpt(text, query(words), length=60)
    shown = "".join(fragment for fragment, _ in fragments)
    assert len(shown) <= 62
    assert shown.strip("…") in clean(text)


def test_hostile_texts_are_stored_and_asked(db):
    """Quotes, operators, NUL, endless words and numbers are no syntax here."""
    for text in (
        "'); DROP TABLE x; --",
        r"a\b 'c' & | ! <-> :* ( )",
        "nul\x00 byte",
        "ї" * 5000,
        "9" * 5000,
        "а-" * 3000 + "я",
        "’" * 500 + "п’" * 500,
        "\u0301\u200b\ufeff",
        "ﬁ ﬀ Ǆ ß İ ς ʼ ʹ ъ",
    ):
        finds(text, text)
        finds(text, text, forgiving=True)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # it only reads
@given(text=st.text(max_size=60))
def test_whatever_is_stored_is_a_tsvector(db, text):
    with connection.cursor() as cursor:
        literal = query(text, True).get_source_expressions()[-1].value
        cursor.execute("SELECT %s::tsvector, %s::tsquery", [document(A=text), literal])


def test_the_longest_document_fits(db):
    text = " ".join(f"w{number:030}" for number in range(60_000))
    with connection.cursor() as cursor:
        cursor.execute("SELECT length(%s::tsvector)", [document(A="дорога " * 500, B=text)])
        assert cursor.fetchone()[0] > 20_000


def test_lemmas_keep_the_order_of_the_text():
    assert lemmas("Капітальний ремонт доріг у місті") == [
        "капітальний",
        "ремонт",
        "дорога",
        "місто",
    ]
