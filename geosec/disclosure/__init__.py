"""What may be published, to which audience."""
