"""What a practice installed over the packaged content: the wordings of published instruments, and the readers for them."""
