"""What customers are expected to bring in: the models, and what the loader makes of them.

The models (``bgnbd``, ``gamma_gamma``) are numpy and scipy alone; scipy takes a second to import, so the loader does
so only where there is enough data for them.
"""
