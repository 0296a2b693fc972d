"""The practice and its settings; persons, with or without a user; therapists, licences, guardianship."""
