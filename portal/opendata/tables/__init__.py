"""What each dataset holds: its columns, and its rows as they come from the database."""
