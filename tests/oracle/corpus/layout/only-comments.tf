# a comment
// another
/* and
   one more */
