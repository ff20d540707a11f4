"""Rules of petitions: who may do what, and when. Pure: the facts are passed in.

Law 393/96-ВР art. 23-1. Who may sign is for signing/rules.py to say.
"""
