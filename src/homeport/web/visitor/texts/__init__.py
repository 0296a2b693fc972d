"""What the pages say about a place on the map. All sentences are Homeport's own and translatable."""
