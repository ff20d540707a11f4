"""Who works for the council: roles given and taken back, cover for absences, the emergency."""
