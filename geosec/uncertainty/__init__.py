"""How sure we are where: footprints, draws from them, and what they fall in."""
