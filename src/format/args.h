/* What the sentence of a problem was said with, as it is kept beside the key of the sentence. */
#ifndef FORMAT_ARGS_H
#define FORMAT_ARGS_H

#include "core/problem.h"

/* {"limit":{"count":40},"what":{"text":"Alfa"}}; of none the empty text */
Str args_keep(Arena *mem, const Arg *args, int n);

/* How many there are in `out`, at most `most`; of a text that is none of these 0. */
int args_kept(Arena *mem, Str kept, Arg *out, int most);

#endif
