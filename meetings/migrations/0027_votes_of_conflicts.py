from django.db import migrations, models

# Who takes no part because of a conflict of interest gives no vote, here or not: what is written at
# the close belongs to no presence.
_FUNCTIONS = """
CREATE OR REPLACE FUNCTION meetings_vote_of_the_present() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ground bigint;
BEGIN
    IF NEW.choice IN (%(silent)s) THEN
        RETURN NEW;
    END IF;
    SELECT presence.video_ground_id INTO ground
    FROM meetings_presence AS presence
    JOIN meetings_item AS item ON item.meeting_id = presence.meeting_id
    JOIN meetings_rollcall AS roll_call ON roll_call.item_id = item.id
    WHERE roll_call.id = NEW.roll_call_id AND presence.deputy_id = NEW.deputy_id
      AND presence.came_at <= NEW.at
      AND (presence.left_at IS NULL OR presence.left_at >= NEW.at)
    ORDER BY presence.came_at DESC, presence.id DESC LIMIT 1
    FOR SHARE OF presence;
    IF NOT FOUND OR ground IS DISTINCT FROM NEW.video_ground_id THEN
        RAISE EXCEPTION 'a vote is of somebody who is present (vote_of_the_present)'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'vote_of_the_present';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION meetings_presence_holds_its_votes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM meetings_vote AS vote
        JOIN meetings_rollcall AS roll_call ON roll_call.id = vote.roll_call_id
        JOIN meetings_item AS item ON item.id = roll_call.item_id
        WHERE item.meeting_id = OLD.meeting_id AND vote.deputy_id = OLD.deputy_id
          AND vote.choice NOT IN (%(silent)s) AND vote.at >= OLD.came_at
          AND (OLD.left_at IS NULL OR vote.at <= OLD.left_at)
          AND NOT EXISTS (
              SELECT FROM meetings_presence AS presence
              WHERE presence.meeting_id = OLD.meeting_id
                AND presence.deputy_id = OLD.deputy_id AND presence.came_at <= vote.at
                AND (presence.left_at IS NULL OR presence.left_at >= vote.at)
                AND presence.video_ground_id IS NOT DISTINCT FROM vote.video_ground_id
          )
    ) THEN
        RAISE EXCEPTION 'a presence holds the votes given in it (presence_holds_its_votes)'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'presence_holds_its_votes';
    END IF;
    RETURN NULL;
END $$;
"""
_THEN = _FUNCTIONS.replace("%(silent)s", "'absent', 'conflict'")
_BEFORE = _FUNCTIONS.replace("%(silent)s", "'absent'")


class Migration(migrations.Migration):
    dependencies = [("meetings", "0026_prepared")]

    operations = [
        migrations.RunSQL(_THEN, _BEFORE),
        migrations.RemoveConstraint(model_name="vote", name="vote_entered_by_somebody"),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                name="vote_entered_by_somebody",
                condition=models.Q(entered="unrecorded")
                | models.Q(
                    entered="close", choice__in=["not_voting", "absent", "conflict"], by=None
                )
                | models.Q(
                    entered="self",
                    choice__in=["for", "against", "abstained"],
                    by__isnull=False,
                )
                | models.Q(
                    entered__in=["secretary", "replaced"],
                    choice__in=["for", "against", "abstained", "not_voting"],
                    by__isnull=False,
                ),
            ),
        ),
    ]
