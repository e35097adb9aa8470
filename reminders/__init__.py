"""Obligations, reminder policy, delivery."""
