from django.db import migrations

# A box comes to no poll that is being opened, neither on a record that was not there. What is read
# of the poll is locked, so that its opening waits for the box or refuses it.
GUARD = """
CREATE OR REPLACE FUNCTION votes_boxes_stay() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    poll votes_poll;
BEGIN
    SELECT * INTO poll FROM votes_poll
    WHERE id = CASE WHEN TG_OP = 'INSERT' THEN NEW.poll_id ELSE OLD.poll_id END FOR SHARE;
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
CREATE TRIGGER votes_boxes_do_not_come_late
    BEFORE INSERT ON votes_secretvoterrecord
    FOR EACH ROW WHEN (NEW.used) EXECUTE FUNCTION votes_boxes_stay();
"""


class Migration(migrations.Migration):
    dependencies = [("votes", "0022_boxes_stay")]

    operations = [migrations.RunSQL(GUARD)]
