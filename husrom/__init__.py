"""Husrom: one record of every promise, person and place in a municipality's work to settle refugees.

This package is an hourglass of rooms; docs/ has the map. Nothing is imported here, so that
``husrom.rules`` can be used without Django.
"""
