"""Actions on petitions; those of signing are in signing/actions.py."""
