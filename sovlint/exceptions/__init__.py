"""WHAT IS EXCUSED: ignore comments, waivers, the baseline and what stood at another revision. Judges nothing itself."""
