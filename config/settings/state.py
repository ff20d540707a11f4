"""Checks of the installation's state: what they look at, and where faults are told."""

from __future__ import annotations

from config.settings.base import DEBUG, env
from config.settings.storage import MEDIA_ROOT, PRIVATE_ROOT

#: Hours after which the last backup is too old; 0: backups are not asked about.
STATE_BACKUP_HOURS = env.int("STATE_BACKUP_HOURS", default=0 if DEBUG else 26)
#: Days after which a restore should be tried again, once it has been.
STATE_RESTORE_DAYS = 14
#: Folders whose disks are looked at, and how full they may be.
STATE_DISKS = env.list("STATE_DISKS", default=[str(MEDIA_ROOT), str(PRIVATE_ROOT)])
STATE_DISK_PERCENT = env.int("STATE_DISK_PERCENT", default=80)
#: host:port of the site's certificate; empty: that of SITE_URL, where it is https.
STATE_CERTIFICATE = env("STATE_CERTIFICATE", default="")
#: host or host:port of a time server; empty: the clock is not compared.
STATE_SNTP_SERVER = env("STATE_SNTP_SERVER", default="")
#: The program that knows the units of this machine.
STATE_SYSTEMCTL = "systemctl"
#: Minutes for which no mail goes before it is told.
STATE_MAIL_MINUTES = 3
#: Where faults are told beside mail to administrators; each is off while it is empty.
STATE_WEBHOOK = env("STATE_WEBHOOK", default="")
STATE_TELEGRAM_CHAT = env("STATE_TELEGRAM_CHAT", default="")
STATE_SENDMAIL_TO = env.list("STATE_SENDMAIL_TO", default=[])
STATE_SENDMAIL = "/usr/sbin/sendmail"
