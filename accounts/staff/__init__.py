"""Staff: roles given and taken back, cover for absences, the emergency."""
