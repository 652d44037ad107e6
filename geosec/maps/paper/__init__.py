"""Static maps: a map set on a sheet of paper with its legend, scale and sources."""
