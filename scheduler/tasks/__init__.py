"""Doorbells: load ids, call one service. What is decided is decided elsewhere."""
