"""The office: organisations are checked, letters printed, tables taken out and in."""
