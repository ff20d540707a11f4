"""Questions at the desk: asked otherwise, moved, with pictures; options in random order."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from core.domain.rules import Refused
from core.export import pictures
from core.models import AuditEntry
from tests import factories as house
from tests.editing import carried, drawn
from tests.votes import factories
from tests.votes.test_vote_page import fields
from votes.ballots.forms import BallotForm
from votes.life import actions as life_actions
from votes.models import Option, Poll, Question, State
from votes.presenters import ShownQuestion
from votes.questions import actions as questions_actions
from votes.questions import actions_pictures as actions

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def department():
    return house.department()


@pytest.fixture
def officer(department):
    return house.user("officer", role="officer", department=department)


@pytest.fixture
def draft(officer, department):
    return factories.poll(
        officer, department, State.DRAFT, questions=[factories.SINGLE, factories.YES_NO]
    )


def desk(poll, more=""):
    return f"/desk/polls/{poll.pk}/{more}"


def photo(size=(40, 30), kind="JPEG", **info):
    out = io.BytesIO()
    image = Image.new("RGB", size, "green")
    exif = Image.Exif()
    exif[0x010E] = "4 Rudna Street"
    image.save(out, kind, exif=exif, **info)
    return out.getvalue()


def texts(poll):
    return list(poll.questions.order_by("place").values_list("text", flat=True))


# --- asked otherwise ------------------------------------------------------------------------------

SEVERAL = {
    "text": "Які роботи?",
    "kind": "multiple",
    "least": 2,
    "most": 3,
    "options": "Світло\nЛавки\nДерева",
    "is_required": "on",
}


def test_a_question_takes_a_least_number(client, officer, draft):
    client.force_login(officer)
    assert client.post(desk(draft), SEVERAL).status_code == 302
    made = draft.questions.last()
    assert (made.least, made.most) == (2, 3)
    for changed, field in (
        ({"least": 4, "most": ""}, "least"),
        ({"least": 3, "most": 2}, "most"),
        ({"most": 4}, "most"),
        ({"options": "Світло\nСвітло"}, "options"),
    ):
        page = client.post(desk(draft), SEVERAL | changed)
        assert page.status_code == 422
        assert field in page.context["form"].errors
    assert (
        "Щонайменше 2 варіанти. Щонайбільше 3 варіанти." in client.get(desk(draft)).content.decode()
    )


def test_points_may_be_hryvnias(client, officer, draft):
    client.force_login(officer)
    sent = {"text": "Поділіть", "kind": "points", "budget": 1000, "in_hryvnias": "on"}
    assert client.post(desk(draft), sent | {"options": "А\nБ"}).status_code == 302
    assert draft.questions.last().in_hryvnias
    single = {"text": "Що?", "kind": "single", "in_hryvnias": "on", "least": 2}
    client.post(desk(draft), single | {"options": "А\nБ"})
    made = draft.questions.last()
    assert (made.in_hryvnias, made.least) == (False, 0), "only what belongs to the kind"


def test_it_is_asked_otherwise_and_options_that_stay_keep_their_pictures(client, officer, draft):
    client.force_login(officer)
    question = draft.questions.first()
    park = question.options.get(text="Парк")
    actions.set_picture(park, by=officer, file=io.BytesIO(photo()))
    gone = question.options.get(text="Сквер")
    actions.set_picture(gone, by=officer, file=io.BytesIO(photo()))
    page = client.get(desk(draft, f"questions/{question.pk}/"))
    assert page.context["form"].initial["options"] == "Парк\nСквер\nСтадіон"
    sent = {
        **drawn(page.context["form"]),
        "text": "Що будувати спершу?",
        "kind": "approval",
        "least": 1,
        "most": 2,
        "options": "Стадіон | великий | 5 000 000\nКовзанка\nПарк | | 20",
        "none_of_these": "on",
    }
    assert client.post(desk(draft, f"questions/{question.pk}/"), sent).status_code == 302
    question.refresh_from_db()
    assert (question.text, question.kind, question.least) == ("Що будувати спершу?", "approval", 1)
    assert not question.is_required
    options = list(question.options.order_by("place"))
    assert [(each.text, each.cost) for each in options] == [
        ("Стадіон", 5_000_000),
        ("Ковзанка", None),
        ("Парк", 20),
    ]
    assert options[2].pk == park.pk
    assert options[2].picture
    assert Path(options[2].picture.path).exists()
    again = client.get(desk(draft, f"questions/{question.pk}/")).context["form"].initial
    assert again["options"] == "Стадіон | великий | 5000000\nКовзанка\nПарк |  | 20"
    assert texts(draft)[0] == "Що будувати спершу?", "in its place"
    assert AuditEntry.objects.filter(event="PollChanged", actor=officer.pk).count() == 3


def test_files_of_options_that_go_go_too(
    officer, draft, department, media, django_capture_on_commit_callbacks
):
    def files():
        return [path for path in media.rglob("*") if path.is_file()]

    question = draft.questions.first()
    for option in question.options.all():
        actions.set_picture(option, by=officer, file=io.BytesIO(photo()))
    assert len(files()) == 3
    with django_capture_on_commit_callbacks(execute=True):
        actions.set_picture(option, by=officer, file=io.BytesIO(photo(kind="PNG")))
    assert len(files()) == 3
    with django_capture_on_commit_callbacks(execute=True):
        questions_actions.change_question(
            question,
            by=officer,
            described=factories.SINGLE | {"options": [{"text": "Парк"}, {"text": "Ліс"}]},
        )
    assert len(files()) == 1
    with django_capture_on_commit_callbacks(execute=True):
        life_actions.discard(draft, by=officer)
    assert files() == []


def test_questions_change_places(client, officer, draft):
    client.force_login(officer)
    first, second = draft.questions.order_by("place")
    move = desk(draft, f"questions/{second.pk}/move/")
    assert client.post(move, {"up": 1}).status_code == 302
    assert texts(draft) == [second.text, first.text]
    client.post(move, {"up": 1})
    assert texts(draft) == [second.text, first.text], "the first stays the first"
    client.post(move, {"down": 1})
    assert texts(draft) == [first.text, second.text]
    assert AuditEntry.objects.filter(event="PollChanged").count() == 2


def test_what_is_announced_stays(client, officer, department):
    poll = factories.poll(officer, department)
    question = poll.questions.get()
    option = question.options.first()
    client.force_login(officer)
    file = SimpleUploadedFile("a.jpg", photo())
    for address, sent in (
        (f"questions/{question.pk}/", SEVERAL),
        (f"questions/{question.pk}/move/", {"up": 1}),
        (f"questions/{question.pk}/delete/", {}),
        (f"options/{option.pk}/", {"file": file}),
        (f"options/{option.pk}/", {"remove": 1}),
    ):
        assert client.post(desk(poll, address), sent).status_code == 403
    for act in (
        lambda: questions_actions.change_question(question, by=officer, described=factories.YES_NO),
        lambda: questions_actions.move_question(question, by=officer, up=True),
        lambda: actions.set_picture(option, by=officer, file=io.BytesIO(photo())),
        lambda: actions.remove_picture(option, by=officer),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.verdict.code == "poll.scheduled"


def test_another_polls_question_is_not_there(client, officer, department, draft):
    other = factories.poll(officer, department, State.DRAFT)
    question = other.questions.get()
    client.force_login(officer)
    for more in (f"questions/{question.pk}/", f"options/{question.options.first().pk}/"):
        assert client.get(desk(draft, more)).status_code == 404
    assert client.post(desk(draft, f"questions/{question.pk}/delete/")).status_code == 404
    assert Question.objects.filter(pk=question.pk).exists()


def test_the_whole_form_of_a_poll(client, officer, draft):
    client.force_login(officer)
    sent = {
        "department": draft.department_id,
        "title": draft.title,
        "voters": "anyone",
        "min_age": 14,
        "secrecy": "nameless",
        "tie_rule": "shared",
        "splits": "on",
        "random_order": "on",
    }
    sent |= carried(client, desk(draft, "edit/"))
    assert client.post(desk(draft, "edit/"), sent).status_code == 302
    draft.refresh_from_db()
    assert draft.splits
    assert draft.random_order
    sent |= carried(client, desk(draft, "edit/"))
    for secrecy in ("secret", "named"):
        page = client.post(desk(draft, "edit/"), sent | {"secrecy": secrecy})
        assert page.status_code == 422
        assert "splits" in page.context["form"].errors


# --- pictures -------------------------------------------------------------------------------------


def test_a_picture_is_drawn_anew_and_shown_wherever_the_option_is(client, officer, draft, olena):
    client.force_login(officer)
    option = draft.questions.first().options.get(text="Парк")
    address = desk(draft, f"options/{option.pk}/")
    sent = photo((3000, 1500))
    assert b"Rudna" in sent
    upload = SimpleUploadedFile("evil.html", sent, content_type="text/html")
    sent_file = carried(client, address) | {"file": upload}
    assert client.post(address, sent_file).status_code == 302
    option.refresh_from_db()
    kept = Path(option.picture.path).read_bytes()
    assert b"Rudna" not in kept
    with Image.open(io.BytesIO(kept)) as drawn:
        assert drawn.size == (640, 320)
        assert not drawn.getexif()
    assert client.get(option.picture_url).status_code == 200, "the officer sees her draft"
    client.logout()
    assert client.get(option.picture_url).status_code == 404
    life_actions.schedule(_with_dates(draft, officer), by=officer)
    answer = client.get(option.picture_url)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "immutable" in answer["Cache-Control"]
    assert b"".join(answer.streaming_content) == kept
    assert client.get(f"/polls/pictures/{option.pk}/other.jpg").status_code == 404
    shown = f'src="{option.picture_url}" alt=""'
    assert shown in client.get(f"/polls/{draft.pk}/").content.decode()
    client.force_login(olena)
    assert shown in client.get(f"/polls/{draft.pk}/vote/").content.decode()


def _with_dates(draft, officer):
    poll = factories.poll(officer, draft.department)
    return life_actions.change(
        draft, by=officer, fields={"opens_at": poll.opens_at, "closes_at": poll.closes_at}
    )


def test_a_picture_is_taken_away(client, officer, draft):
    client.force_login(officer)
    option = draft.questions.first().options.first()
    actions.set_picture(option, by=officer, file=io.BytesIO(photo(kind="PNG")))
    assert Option.objects.get(pk=option.pk).picture.name.endswith(".png")
    address = desk(draft, f"options/{option.pk}/")
    client.post(address, carried(client, address) | {"remove": 1})
    assert not Option.objects.get(pk=option.pk).picture
    assert Option.objects.get(pk=option.pk).picture_url == ""


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file.empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "file.type"),
        (b"GIF89a", "file.type"),
        (photo()[:50], "file.damaged"),
        (b"\x89PNG\r\n\x1a\nnothing", "file.damaged"),
        (b"\xff\xd8\xff" + b"0" * (10 * 2**20), "file.too_large"),
    ],
)
def test_what_is_no_picture_is_refused_with_a_sentence(client, officer, draft, data, code, media):
    option = draft.questions.first().options.first()
    with pytest.raises(Refused) as refused:
        actions.set_picture(option, by=officer, file=io.BytesIO(data))
    assert refused.value.verdict.code == code
    client.force_login(officer)
    upload = SimpleUploadedFile("a.png", data)
    address = desk(draft, f"options/{option.pk}/")
    page = client.post(address, carried(client, address) | {"file": upload})
    assert page.status_code == 422
    assert "file" in page.context["form"].errors
    assert not list(media.rglob("*.*"))


def test_too_many_pixels_are_refused_before_they_are_drawn(officer, draft, monkeypatch):
    monkeypatch.setattr(pictures, "MAX_PIXELS", 1000)
    option = draft.questions.first().options.first()
    with pytest.raises(Refused) as refused:
        actions.set_picture(option, by=officer, file=io.BytesIO(photo()))
    assert refused.value.verdict.code == "file.too_many_pixels"


# --- in random order ------------------------------------------------------------------------------

TEN = [{"text": f"Варіант {n}"} for n in range(10)]
LONG = {"text": "Що?", "kind": "single", "options": TEN, "none_of_these": True}
RANKED = {"text": "У якому порядку?", "kind": "ranked", "method": "schulze", "options": TEN}


@pytest.fixture
def shuffled(officer, department):
    return factories.poll(officer, department, questions=[LONG, RANKED], random_order=True)


def order_in(page, poll):
    """The options as the ballot shows them: of the first question, and of the second."""
    text = page.content.decode()
    first, second = poll.questions.order_by("place")
    radios = re.findall(rf'name="q{first.pk}"\s+value="([^"]+)"', text)
    selects = re.findall(rf'name="q{second.pk}-(\d+)"', text)
    return radios, selects


def test_each_form_has_an_order_and_keeps_it(client, shuffled, olena):
    client.force_login(olena)
    address = f"/polls/{shuffled.pk}/vote/"
    orders = [order_in(client.get(address), shuffled) for _n in range(6)]
    assert len({str(order) for order in orders}) > 1, "one chance in 10!^5"
    listed = [str(pk) for pk in factories.options(shuffled)]
    for radios, _selects in orders:
        assert radios[-1] == "none", "none of these stays the last"
        assert sorted(radios[:-1], key=int) == listed
    form = client.get(address)
    order = re.search(r'name="order" value="([0-9a-f]{16})"', form.content.decode()).group(1)
    wrong = client.post(address, {"order": order, "check": 1})
    assert wrong.status_code == 422
    assert order_in(wrong, shuffled) == order_in(form, shuffled)
    filled = fields(shuffled) | {"order": order}
    checked = client.post(address, filled | {"check": 1})
    assert f'name="order" value="{order}"' in checked.content.decode()
    changed = client.post(address, filled | {"change": 1})
    assert order_in(changed, shuffled) == order_in(form, shuffled)
    for odd in ("", "x" * 16, "'\"<"):
        assert client.post(address, filled | {"order": odd, "change": 1}).status_code == 200
    assert client.post(address, filled | {"cast": 1}).status_code == 200


def test_everywhere_else_the_list_keeps_its_order(client, officer, shuffled):
    page = client.get(f"/polls/{shuffled.pk}/").content.decode()
    found = re.findall(r"Варіант \d", page)[:10]
    assert found == [option["text"] for option in TEN]
    client.force_login(officer)
    sheets = client.get(f"/desk/polls/{shuffled.pk}/sheets/")
    radios, _selects = order_in(sheets, shuffled)
    assert radios[:-1] == [str(pk) for pk in factories.options(shuffled)]
    plain = Poll.objects.filter(pk=shuffled.pk)
    plain.update(random_order=False)
    radios, _selects = order_in(client.get(f"/polls/{shuffled.pk}/vote/"), shuffled)
    assert radios[:-1] == [str(pk) for pk in factories.options(shuffled)]


@pytest.mark.parametrize("line", ["|опис|3", "Парк||" + "9" * 16, "Парк||" + "9" * 5000])
def test_an_option_without_a_name_or_with_no_cost_is_told(client, officer, draft, line):
    client.force_login(officer)
    asked = {"text": "Що?", "kind": "single", "options": f"{line}\nСквер"}
    page = client.post(desk(draft), asked)
    assert page.status_code == 422
    assert page.context["form"].has_error("options")
    assert "Сквер" in page.content.decode()


def test_an_error_stands_at_the_question_that_it_is_about(officer, department):
    """Questions whose numbers begin alike: 1 and 12."""
    poll = factories.poll(officer, department, questions=[factories.RANKED] * 2)
    first, second = (ShownQuestion(each, list(each.options.all())) for each in poll.questions.all())
    second.question.pk, first.question.pk = 1, 12
    form = BallotForm({}, poll, [first, second])
    form.mark(1, "Дайте відповідь інакше.")
    marked = [name for name, errors in form.errors.items() if "Дайте відповідь інакше." in errors]
    assert [name.partition("-")[0] for name in marked] == ["q1"]
