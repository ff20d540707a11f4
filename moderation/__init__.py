"""Moderation: one queue over what can be said anywhere on the site; decisions and their log.

What a moderator does to a comment are discussions' actions, judged by discussions' rules; here are
the pages from which they work.
"""
