"""Doors in: incident files read, checked row by row and cleaned."""
