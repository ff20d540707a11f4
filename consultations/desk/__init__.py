"""The officers' desk of consultations: preparing, announcing, answering, reporting."""
