"""Scripts that make the reference layers again: ``python -m boundaries.build``."""
