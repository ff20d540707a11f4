"""Results to take away: a document for programs, tables for people."""

from votes.exports.document import document, groups
from votes.exports.tables import as_csv, sheets

__all__ = ["as_csv", "document", "groups", "sheets"]
