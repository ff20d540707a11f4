from django.db import migrations


class Migration(migrations.Migration):
    """The file of open polls' voter records held those of secret ones: it is written anew, because
    a deleted row stays in its file. VACUUM FULL runs in no transaction."""

    atomic = False
    dependencies = [("votes", "0013_secret_partitions")]

    operations = [migrations.RunSQL("VACUUM FULL votes_mark", migrations.RunSQL.noop)]
