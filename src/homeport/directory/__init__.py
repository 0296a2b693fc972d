"""Who can be found: profiles, search, matching, requests."""
