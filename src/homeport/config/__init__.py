"""Settings, URLs, ASGI and the `homeport` command."""
