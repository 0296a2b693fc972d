"""Who is together: case, participants, care team, confidentiality agreement, authorisations."""
