"""Pairs of rows that may tell of one event: found, weighed, and joined to groups."""
