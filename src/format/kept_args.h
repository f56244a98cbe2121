/* The arguments of a sentence as they are kept beside its key: {"limit":{"count":40},"what":{"text":"Alfa"}}. */
#ifndef FORMAT_KEPT_ARGS_H
#define FORMAT_KEPT_ARGS_H

#include "core/problem.h"
#include "format/json.h"

/* Of the title of a record only which one it is: what it is called is read again, by whoever may. */
Str args_keep(Arena *mem, const Arg *args, int n);

/* At most `most` of them; a title is `#12`.  `kept` null: none. */
int args_of_json(Arena *mem, const Json *kept, Arg *out, int most);
int args_kept(Arena *mem, Str kept, Arg *out, int most); /* the same of the text; of what is none of these 0 */

#endif
