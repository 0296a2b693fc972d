"""What goes out and comes in: everything about me, correction, erasure, retention."""
