"""The reference layers as files: which there are, and where they lie."""
