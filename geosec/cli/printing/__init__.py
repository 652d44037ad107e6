"""What the command line prints: plain text for a terminal."""
