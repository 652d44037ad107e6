"""Geocoder and reader of reports held against known places and events."""
