"""Django's database backend for SQLite, for a process that serves many people in threads (see ``base``)."""
