"""The timeline canvas, its overview and what draws them."""
