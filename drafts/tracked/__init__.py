"""Two versions of a draft as one Word file with tracked changes (docs/adr/0049).

The lawyer's edited file comes back by the importer (drafts/importing/docx.py), which reads tracked
changes as accepted.
"""
