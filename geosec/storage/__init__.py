"""Files in and out, whole or not at all: bytes, and no meaning of columns."""
