"""What people do on a page before it is looked at."""

from __future__ import annotations

from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.factories import PASSWORD
from tests.pages.page_checks import Step

#: What sends a form of the page, within it or, as of a ballot, beside it.
SENDS = "main :is(form:not(#act) button, button[form=ballot]):not([type=button]):visible"


def send(page: Page) -> None:
    """Send the page's form as it is: it comes back with its errors."""
    page.locator(SENDS).last.click()
    expect(page.locator("[data-error-summary]")).to_be_visible()


def send_first(page: Page) -> None:
    """As ``send``, the first form."""
    page.locator(SENDS).first.click()
    expect(page.locator("[data-error-summary]")).to_be_visible()


def send_odd_file(page: Page) -> None:
    """Send a file that is no text."""
    file = {"name": "draft.docx", "mimeType": "application/zip", "buffer": b"\x00\x01\x02" * 99}
    page.locator("input[type=file]").set_input_files(file)
    send(page)


def preview_table(page: Page) -> None:
    """Paste two lines of names and look at what they would change."""
    page.fill("[name=table]", "Назва\nНова назва\nНова назва")
    page.locator(SENDS).last.click()
    expect(page.locator("#preview")).to_be_visible()


def end_martial_law(page: Page) -> None:
    """Say its last day, long ago: deadlines would move."""
    page.fill("[name=ends_on]", "2026-01-01")
    page.locator(SENDS).last.click()
    expect(page.locator("#moved")).to_be_visible()


def send_emptied(page: Page) -> None:
    """Send the form with its first line of text empty."""
    page.locator("main form input[type=text]:visible").first.fill("")
    send(page)


def send_emptied_number(page: Page) -> None:
    """Send the form with its first number empty."""
    page.locator("main form input[type=number]").first.fill("")
    send(page)


def enter_no_code(page: Page) -> None:
    """Enter a code that is none."""
    page.fill("[name=code]", "12")
    page.press("[name=code]", "Enter")
    expect(page.locator("[data-error-summary]")).to_be_visible()


def stop_mails(page: Page) -> None:
    """Stop the mails about a petition."""
    page.locator("main form .govuk-button").click()
    expect(page.locator("[name=again]")).to_be_visible()


def confirm_works(page: Page) -> None:
    """Say that an address works again."""
    page.locator("main form .govuk-button").click()
    expect(page.locator("main form")).to_have_count(0)


def type_title(page: Page) -> None:
    """Type what others have asked for: they are shown meanwhile."""
    page.fill("[name=title]", "")
    page.type("[name=title]", "Велодоріжка")
    expect(page.locator("#alike .card").first).to_be_visible()


def tell_the_city(page: Page) -> None:
    """Say what one wants to say: what is about the same is shown, and the forms."""
    page.fill("[name=text]", "Велодоріжка")
    page.locator("main form .govuk-button").click()
    expect(page.locator("main .card").first).to_be_visible()
    open_all(page)


def send_no_text(page: Page) -> None:
    """Send the form without its first long text."""
    page.locator("main form textarea").first.fill("")
    send(page)


def look_at_news(page: Page) -> None:
    """See how the news will look before they are sent."""
    page.fill("[name=title]", "Нас почули")
    page.fill("main textarea[name=text]:visible", "Ми **зустрілися**.")
    page.locator("button[value=look]").click()
    expect(page.locator("button[value=send]")).to_be_visible()


def check_ballot(page: Page) -> None:
    """Choose the first option and look at the ballot before it is cast."""
    page.locator("input[type=radio]").first.check()
    page.locator("button[name=check]").click()
    expect(page.locator("button[name=cast]")).to_be_visible()


def enter_paper_code(code: str) -> Step:
    def enter(page: Page) -> None:
        """Enter the code of a letter: the ballot."""
        page.fill("[name=paper_code]", code)
        page.press("[name=paper_code]", "Enter")
        expect(page.locator("button[name=check]")).to_be_visible()

    return enter


def check_by_code(code: str) -> Step:
    def check(page: Page) -> None:
        """Enter the code, choose and look at the ballot before it is cast."""
        enter_paper_code(code)(page)
        check_ballot(page)

    return check


def paste_list(page: Page) -> None:
    """Paste a list with lines that are wrong, and look at what was understood."""
    page.fill("[name=people]", "Соня Гай; sonya@viche.example\nПетро; petro@\n; a@viche.example")
    page.locator("form:has([name=people]) .govuk-button").click()
    expect(page.locator("button[name=confirm]")).to_be_visible()


def paste_nothing(page: Page) -> None:
    """Send no list at all."""
    page.locator("form:has([name=people]) .govuk-button").click()
    expect(page.locator("[data-error-summary]")).to_be_visible()


def open_all(page: Page) -> None:
    """Unfold what is folded."""
    page.locator("main details:not([open])").evaluate_all("all => all.forEach(d => d.open = true)")


def split_nowhere(page: Page) -> None:
    """Split a clause at words that are not in it."""
    page.fill("[name=split-words]", "немає таких слів")
    page.press("[name=split-words]", "Enter")
    expect(page.locator("[data-error-summary]")).to_be_visible()


def join_nothing(page: Page) -> None:
    """Join clauses of a preview, without choosing any."""
    page.click("#repair [value=join]")
    expect(page.locator("[data-error-summary]")).to_be_visible()


def answer_nothing(page: Page) -> None:
    """Publish an official reply of no words."""
    open_all(page)
    send(page)


def open_form(page: Page) -> None:
    """Bring the form to speak of a clause into the page."""
    page.locator(".clause [data-remark-open]:visible").first.click()
    expect(page.locator("form[data-remark-form]")).to_be_visible()


def open_form_and_send(page: Page) -> None:
    """Send it with nothing in it."""
    open_form(page)
    page.locator("form[data-remark-form] .govuk-button").click()
    expect(page.locator("[data-error-summary]")).to_be_focused()


def open_comment(page: Page) -> None:
    """Bring the form to speak of a petition into the page."""
    page.locator("[data-remark-open]").click()
    expect(page.locator("form[data-remark-form]")).to_be_visible()


def open_cost_form(page: Page) -> None:
    """Bring the form for what a clause would cost into the page."""
    page.locator('.clause [href*="costs/say/"]').first.click()
    page.locator('.clause [href*="organisation="]').first.click()
    expect(page.locator("form [name=hours_once]")).to_be_visible()


def leave_all_empty(page: Page) -> None:
    """Send no figure at all."""
    for name in ("hours_once", "hours_yearly", "money_once", "money_yearly"):
        page.fill(f"[name={name}]", "")
    page.locator("form[data-remark-form] .govuk-button").click()
    expect(page.locator("[data-error-summary]")).to_be_visible()


def speak(page: Page) -> None:
    """Say something: thanks come in place of the form."""
    open_form(page)
    page.locator("form[data-remark-form] textarea").first.fill("Так.")
    page.locator("form[data-remark-form] .govuk-button").click()
    expect(page.locator("[data-thanks]")).to_be_visible()


def sign_up(page: Page) -> None:
    """Sign up as somebody new: the page for the code."""
    page.fill("[name=email]", "daryna@viche.example")
    page.check("[name=agreed]")
    page.locator("main .govuk-button:not([type=button])").first.click()
    page.wait_for_url("**/signup/code/")


def ask_for_code(page: Page) -> None:
    """Have a code sent to an address without an account: the page for it looks the same."""
    page.fill("[name=email]", f"{uuid4().hex}@viche.example")
    page.locator("main .govuk-button:not([type=button])").first.click()
    page.wait_for_url("**/code/**")


def ask_and_send(page: Page) -> None:
    """Enter no code."""
    ask_for_code(page)
    send_first(page)


def make_token(page: Page) -> None:
    """Make a token: it is shown."""
    page.fill("[name=name]", "Читач")
    page.locator("[name=scopes]").first.check()
    page.locator("main .govuk-button").first.click()
    expect(page.locator("#token")).to_be_visible()


def give_password(page: Page) -> None:
    """Sign in as somebody who has a second factor: it is asked for."""
    page.fill("[name=login]", "mo@viche.example")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/login/factor/")


def give_password_and_send(page: Page) -> None:
    """Give no second factor."""
    give_password(page)
    page.locator("main form:has([name=code]) .govuk-button").click()
    expect(page.locator("[data-error-summary]")).to_be_visible()


def try_passkey(page: Page) -> None:
    """Ask the browser for a passkey: it knows none for this address, and the page says so."""
    page.locator("form[data-passkey] .govuk-button").click()
    expect(page.locator("[data-passkey-trouble=failed]")).to_be_visible()


def send_code(page: Page) -> None:
    """Have a code sent to oneself: the field for it."""
    page.locator("main button[value=send]").click()
    expect(page.locator("[name=code]")).to_be_visible()


def expire(page: Page) -> None:
    """Send a form whose page is too old."""
    page.context.clear_cookies(name="csrf")
    page.locator("main .govuk-button:not([type=button])").first.click()
    expect(page.locator("main h1")).to_be_visible()


def find(who: str, *links: str) -> Step:
    """Look a person up by her e-mail, and follow the links with these words, in both languages."""

    def found(page: Page) -> None:
        page.fill("[name=who]", f"{who}@viche.example")
        page.locator("main form .govuk-button").click()
        page.wait_for_url("**/desk/people/*/")
        for link in links:
            page.locator(f"main a[href*='{link}']").click()
            page.wait_for_url(f"**/{link}")

    return found


def find_nobody(page: Page) -> None:
    """Look up what nobody is known by."""
    page.fill("[name=who]", "Олена")
    send(page)


def check_nothing(page: Page) -> None:
    """Record a check that proves nothing."""
    find("olena", "check/")(page)
    send(page)


def choose_district(page: Page) -> None:
    """Choose one's own district on the first page: what is near stands there."""
    key = "viche.kept:district"  # of another page, in the same window
    if page.evaluate("key => localStorage.getItem(key)", key):
        page.evaluate("key => localStorage.removeItem(key)", key)
        page.reload()
    page.locator("[data-district]").first.click()
    page.locator("[data-district-matters] li").first.wait_for()
