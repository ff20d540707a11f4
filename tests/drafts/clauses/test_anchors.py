"""Selected words are found again when the text around them, or they themselves, have changed."""

import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from drafts.clauses.anchors import MAX_EXACT, Selector, find, make

TEXT = (
    "Власник собаки прибирає за нею на всій території міста. Власник собаки тримає її на повідку "
    "біля шкіл, дитячих садків і майданчиків, крім місць, визначених радою."
)


def select(text, words, nth=0):
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return make(text, start, start + len(words))


def found(text, selector):
    place = find(text, selector)
    return text[slice(*place)] if place else None


@st.composite
def selections(draw):
    text = draw(st.text(min_size=1, max_size=80) | st.text("аб .", min_size=1, max_size=80))
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    assume(text[start:end].strip())
    return text, start, end


@given(selections())
def test_in_the_same_text_the_same_place(selection):
    text, start, end = selection
    assert find(text, make(text, start, end)) == (start, end)


@given(
    st.permutations("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя").map("".join),
    st.integers(0, 20),
    st.integers(3, 12),
    st.text("0123456789 .", max_size=40),
)
def test_words_put_before_only_shift_it(text, start, length, before):
    selector = make(text, start, start + length)
    place = start + len(before)
    assert find(before + text, selector) == (place, place + length)


@given(selections(), st.text(max_size=80))
def test_whatever_the_text_the_answer_is_a_place_in_it(selection, other):
    text, start, end = selection
    place = find(other, make(text, start, end))
    assert place is None or 0 <= place[0] < place[1] <= len(other)


def test_the_right_one_of_several_is_chosen_by_what_stands_around():
    selector = select(TEXT, "Власник собаки", nth=1)
    changed = "Власник собаки платить податок. Новий абзац з іншими словами. " + TEXT
    start = changed.index("Власник собаки тримає")
    assert find(changed, selector) == (start, start + len("Власник собаки"))


@pytest.mark.parametrize(
    ("words", "old", "new", "expected"),
    [
        ("на повідку", "тримає її", "водить собаку", "на повідку"),
        ("на всій території міста", "Власник", "Кожен власник", "на всій території міста"),
        ("крім місць, визначених радою", "біля шкіл, ", "", "крім місць, визначених радою"),
        # The words themselves were changed.
        (
            "біля шкіл, дитячих садків і майданчиків",
            "дитячих садків і майданчиків",
            "дитячих садків та спортивних майданчиків",
            "біля шкіл, дитячих садків та спортивних майданчиків",
        ),
        ("прибирає за нею", "прибирає за нею", "Прибирає  за нею", "Прибирає  за нею"),
        ("повідку", "повідку", "повідках", "повідках"),
    ],
)
def test_after_changes(words, old, new, expected):
    assert found(TEXT.replace(old, new), select(TEXT, words)) == expected


def test_other_quotes_dashes_and_case():
    old = "Закон України «Про звернення громадян» – основний."
    new = 'У ТЕКСТІ ЗАКОН УКРАЇНИ "Про звернення громадян" - основний.'
    assert found(new, select(old, "«Про звернення громадян» –")) == '"Про звернення громадян" -'


@pytest.mark.parametrize(
    "gone",
    ["", "Зовсім інший текст про бюджет міста на наступний рік.", "Власник платить податок."],
)
def test_what_is_gone_is_not_found(gone):
    assert find(gone, select(TEXT, "тримає її на повідку біля шкіл")) is None
    assert find(gone, select(TEXT, "шкіл")) is None


def test_a_common_word_elsewhere_is_not_it():
    old = "Плата за паркування становить 30 гривень за годину."
    assert find("Це зовсім інше речення: за тиждень.", select(old, "за")) is None


@pytest.mark.parametrize(("start", "end"), [(0, 0), (-1, 2), (3, 2), (0, 10_000)])
def test_an_impossible_selection(start, end):
    with pytest.raises(ValueError, match="selection"):
        make(TEXT, start, end)


@pytest.mark.parametrize(
    "selector",
    [
        Selector(0, 0, ""),
        Selector(5, 6, " "),
        Selector(-5, 3, "x"),
        Selector(0, 9_999, "а" * 9_999),
    ],
)
def test_a_selector_from_somewhere_else_does_no_harm(selector):
    assert find(TEXT, selector) is None


def test_what_is_found_can_be_selected_again_in_the_new_text():
    new = "Новий початок. " + TEXT.replace("собаки", "тварини")
    place = find(new, select(TEXT, "тримає її на повідку"))
    selector = make(new, *place)
    assert selector.exact == "тримає її на повідку"
    assert find(new, selector) == place
    assert find("нічого", selector) is None


def test_the_time_is_bounded():
    text = "а б " * 50_000
    selectors = [
        Selector(100_000, 100_000 + MAX_EXACT, "а в " * (MAX_EXACT // 4), "а б " * 8, "а б " * 8),
        Selector(5, 6, "а", "щ", "щ"),
        Selector(0, 2, "ґґ", "а б ", "а б "),
    ]
    started = time.process_time()
    for selector in selectors:
        find(text, selector)
    assert time.process_time() - started < 5


@pytest.mark.parametrize("nth", [6, 10, 13])
def test_of_places_that_are_alike_the_nearest(nth):
    text = "Рада вирішила. " * 20
    place = find(f"Так. {text}", select(text, "вирішила", nth=nth))
    assert place is not None
    assert place[0] == text.index("вирішила") + nth * len("Рада вирішила. ") + len("Так. ")
