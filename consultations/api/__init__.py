"""The API of consultations: what the pages show, under the same rules."""
