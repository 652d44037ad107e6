"""The verbs of geosec in a shell."""
