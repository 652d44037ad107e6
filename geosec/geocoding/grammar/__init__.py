"""From the lexemes of a phrase to what it names and how that hangs together."""
