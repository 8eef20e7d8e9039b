"""Screens: each file is one manager's set of questions, in the order they stand on the screen."""
