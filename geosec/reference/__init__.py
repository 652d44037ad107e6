"""The ground: administrative boundaries, named places and the railway."""
