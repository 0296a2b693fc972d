"""The pages of what comes before the first session: texts to sign, the intake, the decision on the format.

They draw on several rooms (`cases`, `safety`, `assessments`), and so stand in the shell, after all of them.
"""
