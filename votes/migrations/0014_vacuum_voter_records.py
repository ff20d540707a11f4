from django.db import migrations


class Migration(migrations.Migration):
    """The file of open polls' voter records held those of secret ones: it is written anew, because
    a deleted row stays in its file. VACUUM FULL runs in no transaction."""

    atomic = False
    dependencies = [("votes", "0013_secret_partitions")]

    operations = [
        migrations.RunSQL(
            [
                "SET statement_timeout = 0",  # as long as it takes; the settings' is for pages
                "VACUUM FULL votes_mark",
                "RESET statement_timeout",
            ],
            migrations.RunSQL.noop,
        )
    ]
