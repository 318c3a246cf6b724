"""Registers of several repositories, put together: rows that are one, cells that agree or don't, numbers over all."""
