/* The browser's files, inside the program: tools/embed_assets turns web/dist into one table, each file with its tag
 * and, where that is shorter, a gzip copy.  Without web/dist there is one page that says how to build the client. */
#ifndef NET_ASSETS_H
#define NET_ASSETS_H

#include "net/http.h"

typedef struct {
    const char          *url, *type;
    const char          *tag;    /* begins with a part of the SHA-256 of the bytes               */
    const unsigned char *bytes, *bytes_end;
    const unsigned char *gzip, *gzip_end; /* null: it would not be shorter                        */
    bool                 hashed; /* the name changes with the bytes: a browser may keep it a year */
} Asset;

extern const Asset asset_table[]; /* sorted by url, byte order */
extern const int   asset_count;

/* The file of that path ("/" is "/index.html"); null: there is none. */
const Asset *asset_find(Str path);

/* Answers GET and HEAD with it (304 when the browser has it already), anything else with 405.  A page gets a policy
 * that lets it load from here only and nothing inline. */
void asset_reply(HttpRequest *r, const Asset *asset);

#endif
