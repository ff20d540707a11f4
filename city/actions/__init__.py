"""Actions on the council's own data: its name and contacts, departments, themes, districts, ages,
martial law. The desk's pages and `manage.py load_city` do the same things by the same rules."""
