from django.db import migrations

from core.db.search import document


def fill(apps, schema_editor):
    """Polls announced before 0008 are found by their words too."""
    models = {name: apps.get_model("votes", name) for name in ("Poll", "Question", "Option")}
    former = models["Poll"].objects.filter(
        scheduled_at__isnull=False, search__isnull=True, is_quick=False
    )
    for poll in former.only("pk", "title", "summary"):
        questions = models["Question"].objects.filter(poll=poll)
        options = models["Option"].objects.filter(question__poll=poll)
        pairs = [*questions.values_list("text", "details"), *options.values_list("text", "details")]
        words = " \n".join(part for pair in pairs for part in pair if part)
        poll.search = document(A=poll.title, B=poll.summary, C=words)
        poll.save(update_fields=["search"])


class Migration(migrations.Migration):
    dependencies = [("votes", "0010_closed_early")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
