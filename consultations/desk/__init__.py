"""The officers' side of consultations: preparing, announcing, answering, reporting."""
