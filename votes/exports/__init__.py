"""Results to take away: a document for programs, tables for people."""
