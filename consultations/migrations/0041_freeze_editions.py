from typing import Any

from django.db import migrations, models

# What a published report says is the council's word: not even a stray query may change it. A name
# and the words of a remark may only be emptied (an erasure; unlawful words), never rewritten.
FREEZE = """
CREATE FUNCTION consultations_edition_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE'
       OR (NEW.consultation_id, NEW.number, NEW.supersedes_id, NEW.at, NEW.reason,
           NEW.has_full_names, NEW.content, NEW.rows_total, NEW.sha256)
          IS DISTINCT FROM
          (OLD.consultation_id, OLD.number, OLD.supersedes_id, OLD.at, OLD.reason,
           OLD.has_full_names, OLD.content, OLD.rows_total, OLD.sha256)
    THEN
        RAISE EXCEPTION 'a published edition of a report never changes'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER consultations_edition_frozen BEFORE UPDATE OR DELETE ON consultations_edition
    FOR EACH ROW EXECUTE FUNCTION consultations_edition_frozen();

CREATE FUNCTION consultations_editionrow_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE'
       OR (NEW.edition_id, NEW.place, NEW.remark_id, NEW.number, NEW.name_hash, NEW.words_hash,
           NEW.facts)
          IS DISTINCT FROM
          (OLD.edition_id, OLD.place, OLD.remark_id, OLD.number, OLD.name_hash, OLD.words_hash,
           OLD.facts)
       OR (NEW.name, NEW.name_salt) NOT IN ((OLD.name, OLD.name_salt), ('', ''))
       OR (NEW.words, NEW.words_salt) NOT IN ((OLD.words, OLD.words_salt), ('', ''))
    THEN
        RAISE EXCEPTION 'a row of a published edition is only ever emptied'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER consultations_editionrow_frozen BEFORE UPDATE OR DELETE ON consultations_editionrow
    FOR EACH ROW EXECUTE FUNCTION consultations_editionrow_frozen();
"""
THAW = """
DROP TRIGGER consultations_editionrow_frozen ON consultations_editionrow;
DROP FUNCTION consultations_editionrow_frozen();
DROP TRIGGER consultations_edition_frozen ON consultations_edition;
DROP FUNCTION consultations_edition_frozen();
"""


def ask_by_the_law(apps: Any, _editor: Any) -> None:
    """Law 3841-IX asks for full names; where the council has announced under its preset already,
    what was promised stays."""
    procedures: models.Manager[Any] = apps.get_model("consultations", "Procedure").objects
    of_the_law = procedures.filter(code="public-consultation", legal_basis__contains="3841-IX")
    unused = of_the_law.exclude(consultation__announced_at__isnull=False)
    unused.update(asks_full_name=True, proposals_within=5)


class Migration(migrations.Migration):
    dependencies = [("consultations", "0040_reports")]

    operations = [
        migrations.RunSQL(FREEZE, THAW),
        migrations.RunPython(ask_by_the_law, migrations.RunPython.noop),
    ]
