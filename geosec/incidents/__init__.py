"""Doors in: which column means what, rows judged one by one, a side door with reasons."""
