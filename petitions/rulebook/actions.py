"""Actions on the council's rules for petitions and grounds of refusal. Former wordings stay."""

from __future__ import annotations

from secrets import token_hex
from typing import Any

from accounts.models import User
from core.domain.actions import action, locked
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import require
from petitions import rules as roles_rules
from petitions.events import GroundChanged, RulesChanged
from petitions.models import Ground, Petition, Procedure
from petitions.rulebook import rules

#: What each wording of the rules says.
SAID = frozenset(
    field.name
    for field in Procedure._meta.concrete_fields
    if field.editable and not field.primary_key
)


def change_rules(*, by: User, instead_of: int, **changed: Any) -> Procedure:
    """Put other rules into force: those of now with ``changed`` values of SAID.

    A new row: petitions that are published already keep the wording of their publication.
    ``instead_of``: the id of the wording that the person has seen. Refuses by rules.change_rules.
    Emits RulesChanged.
    """
    if unknown := changed.keys() - SAID:
        raise TypeError(f"the rules say nothing of {sorted(unknown)}")
    with action():
        # The oldest row is locked: the newest may be another one after the wait.
        locked(Procedure.objects.earliest("pk"))
        now = Procedure.objects.now()
        said = {name: getattr(now, name) for name in SAID}
        is_other = any(said[name] != value for name, value in changed.items())
        require(rules.change_rules(by, is_newest=now.pk == instead_of, is_other=is_other))
        made = Procedure.objects.create(**(said | changed), made_by=by)
        created(made)
        emit(RulesChanged(made.pk, by.pk))
        return made


def add_ground(*, by: User, name: str, article: str, quote: str, name_en: str = "") -> Ground:
    """Add a ground of refusal with the words of the act that sets it; in force at once.

    Refuses by rules.set_rules. Emits GroundChanged.
    """
    with action():
        require(roles_rules.set_rules(by))
        made = Ground.objects.create(
            code=f"local-{token_hex(4)}",
            name=name.strip(),
            name_en=name_en.strip(),
            article=article.strip(),
            quote=quote.strip(),
        )
        created(made)
        emit(GroundChanged(made.pk, by.pk))
        return made


def change_ground(
    ground: Ground, *, by: User, name: str, article: str, quote: str, name_en: str = ""
) -> Ground:
    """Correct its words; once somebody was refused on it, its English name alone: its author has
    read the others.

    Refuses by rules.change_ground. Emits GroundChanged.
    """
    with action():
        ground = locked(ground)
        used = Petition.objects.filter(refused_on=ground).exists()
        words = name.strip(), article.strip(), quote.strip()
        is_reworded = words != (ground.name, ground.article, ground.quote)
        require(rules.change_ground(by, used=used, is_reworded=is_reworded))
        ground.name, ground.article, ground.quote = words
        ground.name_en = name_en.strip()
        ground.save(update_fields=["name", "name_en", "article", "quote"])
        emit(GroundChanged(ground.pk, by.pk))
        return ground


def force_ground(ground: Ground, *, by: User, in_force: bool) -> Ground:
    """Put it into force, or out of it, for refusals to come.

    Refuses by rules.set_rules. Emits GroundChanged unless it was so already.
    """
    with action():
        ground = locked(ground)
        require(roles_rules.set_rules(by))
        if ground.in_force != in_force:
            ground.in_force = in_force
            ground.save(update_fields=["in_force"])
            emit(GroundChanged(ground.pk, by.pk))
        return ground
