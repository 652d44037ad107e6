"""Numbers and coordinates as people write them: words, fractions, ranges, degrees, grids."""
