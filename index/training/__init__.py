"""Trains the embedding model that the project ships: `python -m index.training --out DIRECTORY`.

Nothing here is imported when questions are answered.
"""
