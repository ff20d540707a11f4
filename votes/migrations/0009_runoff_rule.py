from django.db import migrations

# In a run-off it can decide the result who of two equals goes out first, so a poll that is announced
# says how: not even a stray query may leave that open.
GUARD = """
CREATE FUNCTION votes_runoff_tells_equals_apart() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM votes_question AS question JOIN votes_poll AS poll ON poll.id = question.poll_id
        WHERE poll.id = (to_jsonb(NEW) ->> TG_ARGV[0])::bigint AND question.method = 'runoff'
            AND poll.scheduled_at IS NOT NULL AND poll.tie_rule = 'shared'
    ) THEN
        RAISE EXCEPTION 'a run-off that is announced needs a rule that tells equals apart'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'runoff_tells_equals_apart';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER votes_runoff_tells_equals_apart
    AFTER INSERT OR UPDATE OF scheduled_at, tie_rule ON votes_poll
    FOR EACH ROW WHEN (NEW.scheduled_at IS NOT NULL AND NEW.tie_rule = 'shared')
    EXECUTE FUNCTION votes_runoff_tells_equals_apart('id');
CREATE TRIGGER votes_runoff_tells_equals_apart
    AFTER INSERT OR UPDATE OF method, poll_id ON votes_question
    FOR EACH ROW WHEN (NEW.method = 'runoff')
    EXECUTE FUNCTION votes_runoff_tells_equals_apart('poll_id');
"""
UNGUARD = """
DROP TRIGGER votes_runoff_tells_equals_apart ON votes_question;
DROP TRIGGER votes_runoff_tells_equals_apart ON votes_poll;
DROP FUNCTION votes_runoff_tells_equals_apart();
"""
# Of the two rules only the list can be named afterwards: a lot would be drawn with the ballots known.
NAME_THE_LIST = """
UPDATE votes_poll SET tie_rule = 'listed'
WHERE scheduled_at IS NOT NULL AND tie_rule = 'shared'
    AND EXISTS (SELECT FROM votes_question WHERE poll_id = votes_poll.id AND method = 'runoff')
"""


class Migration(migrations.Migration):
    dependencies = [("votes", "0008_search")]

    operations = [
        migrations.RunSQL(NAME_THE_LIST, migrations.RunSQL.noop),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
