"""The commands in `bin/`: installing, the embedded PostgreSQL, processes.

Standard library only. `prepare.py` alone is run by the environment that gets installed.
"""
