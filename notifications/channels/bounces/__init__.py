"""Bounces: matched by an envelope sender of each mail's own (VERP), read from a mailbox."""
