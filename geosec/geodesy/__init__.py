"""Distances, directions and searches on the WGS84 ellipsoid."""
