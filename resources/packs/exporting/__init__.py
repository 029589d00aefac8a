"""An edition of a pack as a file to print, to carry, or to give to another system."""
