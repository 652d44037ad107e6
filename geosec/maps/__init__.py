"""The map: its data made in Python, its drawing in JavaScript."""
