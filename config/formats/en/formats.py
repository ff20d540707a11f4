"""English dates in letters, on sheets and in mails (django.utils.formats)."""

DATE_FORMAT = "j\xa0E Y"
DATETIME_FORMAT = "j\xa0E Y, H:i"
