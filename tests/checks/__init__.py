"""What `make check` looks at: one small module a check, each with a test that shows that it can fail."""
