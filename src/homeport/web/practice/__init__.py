"""The pages of running a practice: its first start, its settings, the people who work here, and one's own work.

They belong to the room `people`; they stand here because the room that says who may open them comes after it.
"""
