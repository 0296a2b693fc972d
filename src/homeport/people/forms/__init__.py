"""What people fill in in this room: shapes and labels. What cannot be so, the services say."""
