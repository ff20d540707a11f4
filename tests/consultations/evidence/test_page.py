"""The page, opened from a file without a network, says the lines of the command, of all bundles."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from consultations.evidence.verifier import verify
from tests.consultations.evidence import falsifying, forging, former, spellings
from tests.consultations.evidence.bundle_builder import VERIFIER, Bundle, Story
from tests.consultations.evidence.hostile import HOSTILE
from tests.consultations.evidence.mutating import write_mutated
from tests.plugins.levels import level

_DONE = "#status:is([data-state=whole], [data-state=broken])"


def bundles(folder: Path) -> Iterator[Path]:
    """Every bundle that the tests of the command have, one after the other, true ones first."""
    path = folder / "bundle.zip"
    Bundle(Story()).write(path)
    yield path
    true = path.read_bytes()
    for change, _said in [*falsifying.HOLDER.values(), *spellings.SPELT.values()]:
        bundle = Bundle(Story())
        change(bundle)
        bundle.write(path)
        yield path
    for change in [
        *forging.FORGER.values(),
        *(each for each, _ in forging.CONTRADICTIONS.values()),
    ]:
        story = Story()
        change(story)
        Bundle(story, salt="another").write(path)
        yield path
    for make, _line in HOSTILE.values():
        make(true, path)
        yield path
    for change in former.FALSIFICATIONS.values():
        former.write(path, change)
        yield path


def read_by(page: Page, path: Path) -> list[str]:
    """What the page says of a bundle."""
    page.set_input_files("#file", path)
    page.locator("button[type=submit]").click()
    page.wait_for_selector(_DONE)
    said = page.locator("#said li").all_text_contents()
    page.evaluate("document.querySelector('#status').dataset.state = ''")
    return said


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto((VERIFIER / "verify.html").as_uri())
    yield page
    context.close()


@pytest.mark.with_all
@pytest.mark.cpu(25)
def test_the_page_says_what_the_command_says(page: Page, tmp_path: Path):
    head = (22, "0" * 64)
    page.fill("#heads", f"{head[0]}:{head[1]}\n99:{head[1]}")
    page.fill("#manifest", "A" * 64)
    given = {"manifest": "a" * 64, "heads": [head, (99, head[1])]}
    for number, path in enumerate(bundles(tmp_path)):
        found = verify.verify(path, **given)  # type: ignore[arg-type]
        assert read_by(page, path) == found.lines("uk")
        if number % 20 == 0:
            page.get_by_role("button", name="English").click()
            assert page.locator("#said li").all_text_contents() == found.lines("en")
            page.get_by_role("button", name="Українською").click()


@pytest.mark.nightly
@pytest.mark.cpu(60)
def test_the_page_says_what_the_command_says_of_random_changes(page: Page, tmp_path: Path, request):
    chance, path = random.Random(level(request.config).seed), tmp_path / "bundle.zip"
    for number in range(400):
        write_mutated(path, chance)
        assert read_by(page, path) == verify.verify(path).lines("uk"), number


def test_the_page_is_used_by_keys_and_says_what_is_missing(page: Page, tmp_path: Path):
    status = page.get_by_role("status")
    page.get_by_role("button", name="Перевірити").press("Enter")
    assert status.text_content() == "Оберіть файл."
    path = tmp_path / "b.zip"
    manifest = Bundle(Story(3)).write(path)
    page.get_by_label("Пакет доказів (ZIP)").set_input_files(path)
    page.get_by_label("SHA-256 маніфесту").fill("12")
    page.keyboard.press("Enter")
    assert "64" in (status.text_content() or "")
    page.get_by_label("SHA-256 маніфесту").fill(manifest)
    page.get_by_label("Голови ланцюга").fill("12")
    page.get_by_role("button", name="Перевірити").press("Enter")
    assert "Ланка" in (status.text_content() or "")
    page.get_by_label("Голови ланцюга").fill("")
    page.get_by_role("button", name="English").press("Enter")
    page.get_by_role("button", name="Verify").press("Space")
    page.wait_for_selector(_DONE)
    assert status.text_content() == "No faults."
    lines = verify.verify(path, manifest=manifest).lines("en")
    assert page.locator("#said li").all_text_contents() == lines
    assert page.locator("html").get_attribute("lang") == "en"
