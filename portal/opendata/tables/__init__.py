"""The datasets: their columns and queries, a module for each app."""
