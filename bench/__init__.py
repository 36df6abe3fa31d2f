"""How fast Coldpress is, beside others, on the same articles. Start: python3 bench/run.py"""
