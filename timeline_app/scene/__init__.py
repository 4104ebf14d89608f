"""What to draw, in pixels, without Qt: from lanes and a viewport to a finished frame."""
