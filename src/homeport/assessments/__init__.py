"""Assignments, administrations and scores: what people are asked, and what came out."""
