"""The ground: administrative boundaries, named places and how they are spelt, code books."""
