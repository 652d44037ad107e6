"""From a parsed phrase to footprints, each with how probable it is."""
