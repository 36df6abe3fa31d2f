"""Inputs nobody would write, by the thousand: see mutating.py and test_safety_fuzz.py."""
