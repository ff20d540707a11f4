from django.db import migrations, models

# As in 0001; {refused}: which changes are refused while a roll-call is open.
_FUNCTION = """
CREATE OR REPLACE FUNCTION meetings_vote_while_open() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    given meetings_vote;
BEGIN
    IF TG_OP = 'INSERT' THEN
        given := NEW;
    ELSE
        given := OLD;
    END IF;
    PERFORM FROM meetings_rollcall WHERE id = given.roll_call_id AND closed_at IS NULL FOR SHARE;
    IF NOT FOUND OR {refused} THEN
        RAISE EXCEPTION 'votes change only while their roll-call is open (vote_while_open)'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'vote_while_open';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
"""
_OF_ANOTHER = "NEW.roll_call_id <> given.roll_call_id OR NEW.deputy_id <> given.deputy_id"
_TAKEN_BACK = _FUNCTION.format(refused=f"TG_OP = 'UPDATE' AND ({_OF_ANOTHER})")
_NEVER = _FUNCTION.format(refused=f"TG_OP = 'DELETE' OR {_OF_ANOTHER}")


class Migration(migrations.Migration):

    dependencies = [
        ("meetings", "0007_outcome"),
    ]

    operations = [
        migrations.AlterField(
            model_name='logentry',
            name='kind',
            field=models.CharField(choices=[('opened', 'The meeting was opened'), ('closed', 'The meeting was closed'), ('item', 'The item is being considered'), ('item_done', 'The item was considered'), ('item_dropped', 'The item was taken off the agenda'), ('came', 'Came'), ('left', 'Left'), ('roll_call', 'A roll-call was opened'), ('vote_taken_back', 'A vote was taken back while the roll-call was open'), ('roll_call_closed', 'The roll-call was closed'), ('roll_call_published', 'The roll-call was published'), ('hands', 'A show of hands was opened'), ('hands_closed', 'The show of hands was closed'), ('speaks', 'Has the floor'), ('spoke', 'Has spoken'), ('question', 'The question is on the screen'), ('answered', 'The question was answered'), ('later', 'The question will be answered in writing'), ('poll', 'A survey of those present was opened'), ('poll_closed', 'The survey of those present was closed'), ('blanked', 'The displays were blanked'), ('unblanked', 'The displays show the meeting again'), ('video', 'The video was published'), ('minutes', 'The minutes were published')], max_length=20),
        ),
        migrations.RunSQL(_TAKEN_BACK, _NEVER),
    ]
