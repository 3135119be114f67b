"""The trainer's script as a table: injects to and from .xlsx and .csv.

``export`` lays the injects of an exercise out as sheets, ``table_write`` turns sheets into bytes, ``table_read`` turns
bytes of anybody's table into rows, ``headers`` finds out which column is what, and ``convert`` makes a scenario of it.
"""
