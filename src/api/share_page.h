/* The page that somebody outside sees behind a link: what the file is called, how large it is, from which
 * firm, the last day, and a button. */
#ifndef API_SHARE_PAGE_H
#define API_SHARE_PAGE_H

#include "api/route.h"
#include "files/share.h"

/* `firm`: its name.  `s` null: the link opens nothing, and no firm is named;
 * `wait`: too many such links came from there. */
void share_page(Request *r, const Shared *s, Str firm, bool wait);

#endif
