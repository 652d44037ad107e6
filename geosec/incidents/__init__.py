"""Doors in: which column means what, rows judged by columns, a side door with reasons."""
