v = "say \"${"hi"}\""
