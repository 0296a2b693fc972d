"""The pages of bringing people together in a case, and of what concerns the minors in it.

They belong to the room `cases`; they stand here because the room that says who may open them comes after it.
"""
