"""The feed of changes: which public things are others, hidden or gone since a link of the audit
log."""
