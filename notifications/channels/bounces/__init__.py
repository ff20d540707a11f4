"""Mails that come back: by an envelope sender of each mail's own (VERP), read from a mailbox."""
