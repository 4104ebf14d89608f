"""Measurements of the promises in speed, with the floors they are compared with taken in the same run."""
