"""What a practice installed over the packaged content: published wordings, and readers for them."""
