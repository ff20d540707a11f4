from django.db import migrations

# From ``opening_at`` on no box changes: it is emptied by the opening, or by the cancellation.
GUARD = """
CREATE FUNCTION votes_boxes_stay() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    poll votes_poll;
BEGIN
    SELECT * INTO poll FROM votes_poll WHERE id = OLD.poll_id;
    IF TG_OP = 'UPDATE' AND NEW.box IS NULL AND NEW.form IS NULL AND NEW.used = OLD.used
        AND (poll.opened_at IS NOT NULL OR poll.cancelled_at IS NOT NULL) THEN
        RETURN NEW;
    END IF;
    IF poll.opening_at IS NOT NULL OR poll.opened_at IS NOT NULL OR poll.cancelled_at IS NOT NULL THEN
        RAISE EXCEPTION 'the boxes of a poll that is being opened stay as they are'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'boxes_stay';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER votes_boxes_stay
    BEFORE UPDATE OF box, form, used, number, poll_id ON votes_secretvoterrecord
    FOR EACH ROW EXECUTE FUNCTION votes_boxes_stay();
CREATE TRIGGER votes_boxes_are_not_deleted
    BEFORE DELETE ON votes_secretvoterrecord
    FOR EACH ROW WHEN (OLD.used) EXECUTE FUNCTION votes_boxes_stay();
CREATE FUNCTION votes_keepers_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM votes_poll AS poll
    WHERE poll.id IN (OLD.poll_id, NEW.poll_id) AND poll.scheduled_at IS NOT NULL FOR SHARE;
    IF FOUND THEN
        RAISE EXCEPTION 'the keepers of a poll that is announced stay as they are'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'keepers_stay';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER votes_keepers_stay AFTER INSERT OR DELETE ON votes_keeper
    FOR EACH ROW EXECUTE FUNCTION votes_keepers_stay();
CREATE TRIGGER votes_keepers_stay_as_announced AFTER UPDATE ON votes_keeper
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION votes_keepers_stay();
"""


class Migration(migrations.Migration):
    dependencies = [("votes", "0021_opening")]

    operations = [migrations.RunSQL(GUARD)]
