v = "a %{~ if false ~} b %{~ else ~} c %{~ endif ~} d"
