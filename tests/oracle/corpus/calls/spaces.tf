v = upper( "a" )
