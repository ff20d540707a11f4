"""Remarks that wait until the organisation in whose name they were sent is confirmed."""
