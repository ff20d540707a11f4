"""What is reported waits in the queue; what is hidden now has a ruling, and can be contested."""

from django.db import migrations

_ITEMS = """
INSERT INTO moderation_queueitem (comment_id, thread_id, why, risk, since)
SELECT comment.id, comment.thread_id, ARRAY['reported'],
    100 + 5 * least(count(*) - 1, 20), min(flag.at)
FROM discussions_flag AS flag JOIN discussions_comment AS comment ON comment.id = flag.comment_id
WHERE flag.settled_at IS NULL AND comment.hidden_at IS NULL AND comment.deleted_at IS NULL
    AND NOT comment.is_official
GROUP BY comment.id
"""
_RULINGS = """
INSERT INTO moderation_ruling (comment_id, kind, rule, by_id, at)
SELECT id, 'hidden', hidden_reason, hidden_by_id, hidden_at
FROM discussions_comment WHERE hidden_at IS NOT NULL AND deleted_at IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [("moderation", "0001_initial")]

    operations = [
        migrations.RunSQL(_ITEMS, migrations.RunSQL.noop),
        migrations.RunSQL(_RULINGS, migrations.RunSQL.noop),
    ]
