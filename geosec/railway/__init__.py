"""The railway: its network, its km posts, its trains, and ways along it."""
