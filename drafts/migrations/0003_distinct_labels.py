from django.db import migrations

# What is published can be cited: no two of its clauses have one label. Only new publications are
# judged, since versions published before this migration never change.
DISTINCT = """
CREATE FUNCTION drafts_version_labels() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM drafts_clause WHERE version_id = NEW.id
        GROUP BY label HAVING count(*) > 1 OR label = ''
    ) THEN
        RAISE EXCEPTION 'the clauses of a published version have distinct labels'
            USING ERRCODE = 'unique_violation', CONSTRAINT = 'drafts_version_labels';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER drafts_version_labels BEFORE UPDATE OF published_at ON drafts_version
    FOR EACH ROW WHEN (OLD.published_at IS NULL AND NEW.published_at IS NOT NULL)
    EXECUTE FUNCTION drafts_version_labels();
"""
EQUAL = """
DROP TRIGGER drafts_version_labels ON drafts_version;
DROP FUNCTION drafts_version_labels();
"""


class Migration(migrations.Migration):
    dependencies = [("drafts", "0002_clause_search")]

    operations = [migrations.RunSQL(DISTINCT, EQUAL)]
