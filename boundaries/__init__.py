"""The reference layers, and under ``build`` the scripts that make them."""
