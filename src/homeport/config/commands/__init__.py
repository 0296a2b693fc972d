"""One module a subcommand of `homeport`."""
