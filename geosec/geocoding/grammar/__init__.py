"""From the words of a phrase to what it names and how that hangs together."""
