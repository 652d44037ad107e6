"""What a reader sees: maps, tables and figures."""
