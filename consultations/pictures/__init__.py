"""The cover and the figures of consultations."""
