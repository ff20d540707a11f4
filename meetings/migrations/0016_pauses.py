import datetime

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# The pause that a meeting names is the one that is not over; one that is over never changes.
_PAUSES = """
CREATE FUNCTION meetings_open_pause() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    checked bigint;
BEGIN
    IF TG_TABLE_NAME = 'meetings_pause' THEN
        checked := NEW.meeting_id;
    ELSE
        checked := NEW.id;
    END IF;
    IF EXISTS (
        SELECT FROM meetings_meeting
        WHERE id = checked AND pause_id IS DISTINCT FROM (
            SELECT id FROM meetings_pause WHERE meeting_id = checked AND ended_at IS NULL
        )
    ) THEN
        RAISE EXCEPTION 'meeting % names another pause than the open one (meeting_open_pause)',
            checked USING ERRCODE = 'check_violation', CONSTRAINT = 'meeting_open_pause';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER meeting_open_pause AFTER INSERT OR UPDATE OF pause_id
    ON meetings_meeting DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION meetings_open_pause();
CREATE CONSTRAINT TRIGGER pause_open AFTER INSERT OR UPDATE
    ON meetings_pause DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION meetings_open_pause();

CREATE FUNCTION meetings_pause_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.ended_at IS NOT NULL THEN
        RAISE EXCEPTION 'a pause that is over is kept as it was (pause_is_kept)'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'pause_is_kept';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER pause_is_kept BEFORE UPDATE OR DELETE ON meetings_pause
    FOR EACH ROW EXECUTE FUNCTION meetings_pause_is_kept();
"""
_NO_PAUSES = """
DROP TRIGGER pause_is_kept ON meetings_pause;
DROP FUNCTION meetings_pause_is_kept;
DROP TRIGGER pause_open ON meetings_pause;
DROP TRIGGER meeting_open_pause ON meetings_meeting;
DROP FUNCTION meetings_open_pause;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('city', '0011_copying_fee'),
        ('consultations', '0090_outages'),
        ('meetings', '0011_english_names'),
        ('petitions', '0018_refused_with_facts'),
        ('votes', '0019_grounds_of_hiding'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Pause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('recess', 'Recess'), ('alarm', 'Air-raid alarm'), ('technical', 'Technical pause')], max_length=9)),
                ('began_at', models.DateTimeField()),
                ('resumes_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='SpeakingTimes',
            fields=[
                ('body', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='speaking_times', serialize=False, to='meetings.body')),
                ('speech', models.PositiveSmallIntegerField(default=180, verbose_name='speech')),
                ('reply', models.PositiveSmallIntegerField(default=60, verbose_name='reply')),
                ('order', models.PositiveSmallIntegerField(default=60, verbose_name='point of order')),
                ('rapporteur', models.PositiveSmallIntegerField(default=600, verbose_name='rapporteur')),
            ],
        ),
        migrations.AddField(
            model_name='item',
            name='minutes',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='minutes for it'),
        ),
        migrations.AddField(
            model_name='logentry',
            name='seconds',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='meeting',
            name='close_told_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='speaker',
            name='kind',
            field=models.CharField(choices=[('speech', 'speech'), ('reply', 'reply'), ('order', 'point of order'), ('rapporteur', 'rapporteur')], db_default='speech', default='speech', max_length=10, verbose_name='kind'),
        ),
        migrations.AddField(
            model_name='speaker',
            name='stopped_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='speaker',
            name='stopped_for',
            field=models.DurationField(db_default=datetime.timedelta(0), default=datetime.timedelta, editable=False),
        ),
        migrations.AlterField(
            model_name='display',
            name='picture',
            field=models.CharField(choices=[('main', 'what the meeting is at'), ('agenda', 'agenda'), ('clause', 'text of the item'), ('speaker', 'speaker'), ('questions', 'questions from the floor'), ('poll', 'poll'), ('roll_call', 'roll-call'), ('announcement', 'announcement'), ('clock', 'clock'), ('lectern', 'speaker’s time, for the lectern')], db_default='main', default='main', max_length=12, verbose_name='picture'),
        ),
        migrations.AlterField(
            model_name='logentry',
            name='kind',
            field=models.CharField(choices=[('opened', 'The meeting was opened'), ('closed', 'The meeting was closed'), ('item', 'The item is being considered'), ('item_done', 'The item was considered'), ('item_dropped', 'The item was taken off the agenda'), ('came', 'Came'), ('left', 'Left'), ('roll_call', 'A roll-call was opened'), ('vote_taken_back', 'A vote was taken back while the roll-call was open'), ('roll_call_closed', 'The roll-call was closed'), ('roll_call_published', 'The roll-call was published'), ('hands', 'A show of hands was opened'), ('hands_closed', 'The show of hands was closed'), ('speaks', 'Has the floor'), ('spoke', 'Has spoken'), ('question', 'The question is on the screen'), ('answered', 'The question was answered'), ('later', 'The question will be answered in writing'), ('poll', 'A survey of those present was opened'), ('poll_closed', 'The survey of those present was closed'), ('blanked', 'The displays were blanked'), ('unblanked', 'The displays show the meeting again'), ('recess', 'A recess was called'), ('alarm', 'Air-raid alarm: the meeting was interrupted'), ('technical', 'The meeting was interrupted for technical reasons'), ('resumed', 'The meeting goes on'), ('vote_continued', 'The suspended roll-call goes on'), ('vote_repeated', 'The suspended roll-call is closed and repeated'), ('clock_stopped', 'The speaker’s clock was stopped'), ('clock_went_on', 'The speaker’s clock goes on'), ('time_added', 'The speaker was given more time'), ('item_undone', 'The item was taken up by mistake, which was undone'), ('item_back', 'The item was ended by mistake, and goes on'), ('speech_back', 'The speech was ended by mistake, and goes on'), ('answer_back', 'The question was marked as answered by mistake'), ('reopened', 'The meeting was closed by mistake, and was reopened'), ('video', 'The video was published'), ('minutes', 'The minutes were published')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(('minutes', None), ('minutes__gte', 1), _connector='OR'), name='item_has_minutes'),
        ),
        migrations.AddConstraint(
            model_name='speaker',
            constraint=models.CheckConstraint(condition=models.Q(('stopped_at', None), models.Q(('began_at__isnull', False), ('ended_at', None), ('stopped_at__gte', models.F('began_at'))), _connector='OR'), name='speaker_stopped_while_speaking'),
        ),
        migrations.AddField(
            model_name='pause',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pauses', to='meetings.meeting'),
        ),
        migrations.AddField(
            model_name='pause',
            name='roll_call',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.rollcall'),
        ),
        migrations.AddField(
            model_name='pause',
            name='speaker',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.speaker'),
        ),
        migrations.AddField(
            model_name='logentry',
            name='pause',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.pause'),
        ),
        migrations.AddField(
            model_name='meeting',
            name='pause',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.pause'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('pause', None), models.Q(('closed_at', None), ('opened_at__isnull', False)), _connector='OR'), name='meeting_paused_while_running'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('close_told_at', None), ('closed_at__isnull', False), _connector='OR'), name='meeting_told_after_closing'),
        ),
        migrations.AddConstraint(
            model_name='speakingtimes',
            constraint=models.CheckConstraint(condition=models.Q(('order__range', (1, 3600)), ('rapporteur__range', (1, 3600)), ('reply__range', (1, 3600)), ('speech__range', (1, 3600))), name='speakingtimes_within'),
        ),
        migrations.AddConstraint(
            model_name='pause',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('meeting',), name='pause_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='pause',
            constraint=models.CheckConstraint(condition=models.Q(('ended_at', None), ('ended_at__gte', models.F('began_at')), _connector='OR'), name='pause_ends_after_beginning'),
        ),
        migrations.AddConstraint(
            model_name='pause',
            constraint=models.CheckConstraint(condition=models.Q(('resumes_at', None), ('resumes_at__gt', models.F('began_at')), _connector='OR'), name='pause_resumes_after_beginning'),
        ),
        migrations.RunSQL(_PAUSES, _NO_PAUSES),
    ]
