"""Open data: a catalogue, datasets as CSV and JSON Lines, the schema of each (docs/opendata.md)."""
