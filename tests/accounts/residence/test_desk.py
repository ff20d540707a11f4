"""The office's pages about people: nobody leafs through them, every look is told to the person."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import CheckList, DataAccess, PaperSheet, Residence, User, Verification
from accounts.paper.actions import new_sheet, register, use_code
from accounts.residence import actions
from core.domain.rules import Refused
from tests import factories
from tests.accounts.residence.conftest import codes_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, ofi):
    """The office, Ofi at its computer."""
    client.force_login(ofi)
    return client


def find(client, who: str):
    return client.post("/desk/people/", {"who": who})


def looks(user: User) -> set[str]:
    return set(DataAccess.objects.filter(user=user).values_list("why", flat=True))


def test_by_exact_e_mail_telephone_or_number(desk, ofi, olena, north):
    maria = register(
        by=ofi, district=north, given_name="Марія", family_name="Яценко", phone="+380671234567"
    )
    for who in (f" {olena.email.upper()} ",):
        assert find(desk, who)["Location"] == f"/desk/people/{olena.pk}/"
    for who in ("067 123 45 67", str(maria.paper_account), maria.paper_account.number):
        assert find(desk, who)["Location"] == f"/desk/people/{maria.pk}/"


@pytest.mark.parametrize("who", ["Олена", "Коваль", "olena", "@viche.example", "%", "0", "*", "1"])
def test_and_by_nothing_else(desk, olena, who):
    page = find(desk, who)
    assert page.status_code == 422
    assert olena.get_full_name() not in page.content.decode()
    assert who in page.content.decode()


def test_a_page_opens_only_for_whoever_was_looked_up(desk, olena, bohdan):
    for path in ("", "check/", "sheet/", "residence/end/"):
        assert desk.get(f"/desk/people/{olena.pk}/{path}").status_code == 404
        assert desk.post(f"/desk/people/{olena.pk}/{path}").status_code in (404, 405)
    find(desk, olena.email)
    assert desk.get(f"/desk/people/{olena.pk}/").status_code == 200
    assert desk.get(f"/desk/people/{bohdan.pk}/").status_code == 404
    assert looks(bohdan) == set()


def test_a_look_is_in_her_journal(desk, olena):
    find(desk, olena.email)
    assert looks(olena) == set()
    desk.get(f"/desk/people/{olena.pk}/")
    assert looks(olena) == {"people.registration"}
    desk.get(f"/desk/people/{olena.pk}/check/")
    assert looks(olena) == {"people.registration", "identity.check"}


def test_several_who_share_a_telephone_are_listed_and_told(desk, olena, bohdan):
    User.objects.update(phone="+380671234567")
    page = find(desk, "0671234567")
    assert page.status_code == 200
    assert olena.get_full_name() in page.content.decode()
    assert looks(olena) == looks(bohdan) == {"people.registration"}
    assert desk.get(f"/desk/people/{bohdan.pk}/").status_code == 200


@pytest.mark.parametrize(
    "path", ["", "new/", "letters/", "lists/", "letters/print/", "lists/1/confirm/"]
)
@pytest.mark.parametrize(("who", "status"), [("olena", 403), ("mo", 403), (None, 302)])
def test_who_may_not(client, request, path, who, status):
    if who:
        client.force_login(request.getfixturevalue(who))
    posts = path.endswith(("print/", "confirm/"))
    page = (client.post if posts else client.get)(f"/desk/people/{path}")
    assert page.status_code == status


def test_registered_checked_and_given_a_sheet(desk, north):
    page = desk.post(
        "/desk/people/new/",
        {
            "given_name": "Марія",
            "family_name": "Яценко",
            "phone": "067 123 45 67",
            "district": north.pk,
            "basis": "registered",
            "agreed": "on",
        },
    )
    maria = User.objects.get(phone="+380671234567")
    assert page["Location"] == f"/desk/people/{maria.pk}/"
    desk.post(
        f"/desk/people/{maria.pk}/check/",
        {
            "document": "id_card",
            "identity": "on",
            "age_over": "18",
            "district": north.pk,
            "basis": "registered",
        },
    )
    assert Verification.objects.get().user == maria
    assert Residence.objects.checked().get().user == maria
    sheet = desk.post(f"/desk/people/{maria.pk}/sheet/")
    assert sheet["Content-Type"] == "application/pdf"
    assert sheet["Cache-Control"] == "private, no-store"
    assert len(codes_in(sheet.content)) == len(PaperSheet.objects.get().digests)


def test_a_lost_sheet_is_stopped(desk, ofi, olena):
    made, codes = new_sheet(olena, by=ofi)
    find(desk, olena.email)
    page = desk.post(f"/desk/people/{olena.pk}/sheet/", {"action": "void"})
    assert page["Location"] == f"/desk/people/{olena.pk}/"
    assert PaperSheet.objects.get().void_at
    with pytest.raises(Refused):
        use_code(made.account.number, codes[0])
    shown = desk.get(f"/desk/people/{olena.pk}/sheet/").content.decode()
    assert 'value="void"' not in shown


def test_without_her_signature_there_is_no_account(desk, north):
    values = {
        "given_name": "Марія",
        "family_name": "Яценко",
        "phone": "067",
        "district": north.pk,
        "basis": "registered",
    }
    page = desk.post("/desk/people/new/", values)
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"phone", "agreed"}
    assert "Яценко" in page.content.decode()  # nothing typed is lost
    assert not User.objects.filter(family_name="Яценко").exists()


def test_a_check_that_proves_nothing_says_so(desk, olena):
    find(desk, olena.email)
    page = desk.post(f"/desk/people/{olena.pk}/check/", {"document": "id_card"})
    assert page.status_code == 422
    assert not Verification.objects.exists()


def test_letters_are_printed_and_told(desk, olena, at_home):
    actions.ask_letter(olena)
    page = desk.get("/desk/people/letters/")
    assert olena.get_full_name() not in page.content.decode()
    file = desk.post("/desk/people/letters/print/")
    assert file["Content-Type"] == "application/pdf"
    assert looks(olena) == {"residence.letter"}
    (code,) = codes_in(file.content)
    run = Residence.objects.get().letters.get().run
    again = desk.post(f"/desk/people/letters/{run.pk}/print/")
    assert codes_in(again.content) != [code]
    assert desk.post("/desk/people/letters/print/").status_code == 302


def test_a_list_by_two_officers(desk, client, ofi, north, department, settings):
    users = [factories.user(f"p{number}") for number in range(settings.CHECKS_ALONE + 1)]
    table = "person,document,identity\n" + "".join(f"{u.email},id_card,так\n" for u in users)
    page = desk.post(
        "/desk/people/lists/", {"table": SimpleUploadedFile("list.csv", table.encode())}
    )
    made = CheckList.objects.get()
    assert page["Location"] == f"/desk/people/lists/{made.pk}/"
    assert desk.post(f"/desk/people/lists/{made.pk}/confirm/").status_code == 422
    client.force_login(factories.user("zoriana", role="officer", department=department))
    shown = client.get(f"/desk/people/lists/{made.pk}/").content.decode()
    assert all(user.email in shown for user in users)
    assert client.post(f"/desk/people/lists/{made.pk}/confirm/").status_code == 302
    assert Verification.objects.filter(by=ofi).count() == len(users)
    assert looks(users[0]) == {"identity.check"}
    assert DataAccess.objects.filter(user=users[0]).count() == 2
    assert client.get(f"/desk/people/lists/{made.pk}/").status_code == 404


def test_a_wrong_table_says_which_lines_and_takes_nothing(desk, olena):
    table = f"person,document,identity\n{olena.email},id_card,так\nnobody@x.y,id_card,так\n"
    page = desk.post(
        "/desk/people/lists/", {"table": SimpleUploadedFile("list.csv", table.encode())}
    )
    assert page.status_code == 422
    assert page.context["wrong"][0][0] == 3
    assert not CheckList.objects.exists()


def test_a_residence_that_was_wrong_is_ended(desk, olena, at_home):
    find(desk, olena.email)
    assert desk.get(f"/desk/people/{olena.pk}/residence/end/").status_code == 200
    assert Residence.objects.current().exists()
    desk.post(f"/desk/people/{olena.pk}/residence/end/")
    assert not Residence.objects.current().exists()
    assert looks(olena) == {"residence.check"}


def test_queries(desk, olena, at_home, django_assert_max_num_queries):
    find(desk, olena.email)
    with django_assert_max_num_queries(18):
        assert desk.get(f"/desk/people/{olena.pk}/").status_code == 200
