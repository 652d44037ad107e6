"""Interactive maps of incidents."""
