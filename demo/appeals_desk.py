"""The demo city's classifier of appeals, which is invented, and its saved answers."""

from __future__ import annotations

from collections.abc import Mapping

from accounts.models import User
from appeals.answers.models_saved import SavedAnswer
from appeals.register.classifier import Line, import_categories
from city.models import Department
from demo import content


def load_appeals_desk(people: Mapping[str, User]) -> None:
    """Ten lines that say of themselves that they are invented; two texts of departments."""
    described = content.table("appeals_desk.toml")
    import_categories(
        {row["code"]: Line(row["name"], row.get("name_en")) for row in described["category"]}
    )
    departments = {each.slug: each for each in Department.objects.all()}
    SavedAnswer.objects.bulk_create(
        SavedAnswer(
            department=departments[text["department"]],
            title=text["title"],
            text=text["text"].strip(),
            by=people["ruslan"],
        )
        for text in described["text"]
    )
