"""What the words of a text mean: the language files, and how a text is cut into lexemes."""
