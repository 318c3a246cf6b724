"""What the HDS referential asks of hosts on sovereignty (EXI 28 to 31): one module for each group of its sheets."""
