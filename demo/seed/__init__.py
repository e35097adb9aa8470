"""Believable organizations, made from a seed: the same numbers give the same people."""
