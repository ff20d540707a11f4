from django.db import migrations

# What is announced stays as it was read (votes.rules.revise): not even a stray query adds a question
# or an option, words it otherwise or takes it away. A poll that is being announced is waited for.
GUARD = """
CREATE FUNCTION votes_announced_questions_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'votes_question' THEN
        PERFORM FROM votes_poll AS poll
        WHERE poll.id IN (OLD.poll_id, NEW.poll_id) AND poll.scheduled_at IS NOT NULL
        FOR SHARE;
    ELSE
        PERFORM FROM votes_question AS question JOIN votes_poll AS poll ON poll.id = question.poll_id
        WHERE question.id IN (OLD.question_id, NEW.question_id) AND poll.scheduled_at IS NOT NULL
        FOR SHARE OF poll;
    END IF;
    IF FOUND THEN
        RAISE EXCEPTION 'the questions and options of a poll that is announced stay as they are'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'announced_questions_stay';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER votes_announced_questions_stay
    AFTER INSERT OR DELETE ON votes_question
    FOR EACH ROW EXECUTE FUNCTION votes_announced_questions_stay();
CREATE TRIGGER votes_announced_questions_stay_as_read
    AFTER UPDATE ON votes_question
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*)
    EXECUTE FUNCTION votes_announced_questions_stay();
CREATE TRIGGER votes_announced_questions_stay
    AFTER INSERT OR DELETE ON votes_option
    FOR EACH ROW EXECUTE FUNCTION votes_announced_questions_stay();
CREATE TRIGGER votes_announced_questions_stay_as_read
    AFTER UPDATE ON votes_option
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*)
    EXECUTE FUNCTION votes_announced_questions_stay();
"""
UNGUARD = """
DROP TRIGGER votes_announced_questions_stay ON votes_question;
DROP TRIGGER votes_announced_questions_stay_as_read ON votes_question;
DROP TRIGGER votes_announced_questions_stay ON votes_option;
DROP TRIGGER votes_announced_questions_stay_as_read ON votes_option;
DROP FUNCTION votes_announced_questions_stay();
"""
# It held the place of an option alone.
LOCATIONS = """
CREATE FUNCTION votes_option_stays_in_its_location() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM votes_question AS question JOIN votes_poll AS poll ON poll.id = question.poll_id
        WHERE question.id = NEW.question_id AND poll.scheduled_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'an option of a poll that is announced stays where it is'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'option_stays_in_its_location';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER votes_option_stays_in_its_location
    AFTER UPDATE OF district_id, street_id ON votes_option
    FOR EACH ROW WHEN (
        (OLD.district_id, OLD.street_id) IS DISTINCT FROM (NEW.district_id, NEW.street_id)
    )
    EXECUTE FUNCTION votes_option_stays_in_its_location();
"""
NO_LOCATIONS = """
DROP TRIGGER votes_option_stays_in_its_location ON votes_option;
DROP FUNCTION votes_option_stays_in_its_location();
"""
# Nor can a question of an announced poll become a run-off any more.
RUNOFF = """
CREATE TRIGGER votes_runoff_tells_equals_apart
    AFTER INSERT OR UPDATE OF method, poll_id ON votes_question
    FOR EACH ROW WHEN (NEW.method = 'runoff')
    EXECUTE FUNCTION votes_runoff_tells_equals_apart('poll_id');
"""
NO_RUNOFF = "DROP TRIGGER votes_runoff_tells_equals_apart ON votes_question;"


class Migration(migrations.Migration):
    dependencies = [("votes", "0017_option_locations")]

    operations = [
        migrations.RunSQL(NO_LOCATIONS, LOCATIONS),
        migrations.RunSQL(NO_RUNOFF, RUNOFF),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
