"""What is measured, always against something else in the same run: see README.md in this folder."""
