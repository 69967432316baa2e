"""Statutory tables: kinds, headers, hierarchy, sums, and the recovery of grids from text."""
