"""Questions on which too many claims bear: three figures, surely apart, as linked, as told, and what stands aside."""
