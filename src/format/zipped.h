/* A zip that holds a table: its parts, as events of XML or as bytes, within limits that no honest file meets. */
#ifndef FORMAT_ZIPPED_H
#define FORMAT_ZIPPED_H

#include "core/problem.h"

#include <expat.h>
#include <zip.h>

enum { ZIPPED_PARTS_MAX = 10000 };

typedef struct {
    zip_t    *zip;
    Problems *problems;
    int64_t   packed;   /* bytes of the file */
    int64_t   unfolded; /* all that has come out of it so far */
} Zipped;

/* Opens a zip whose bytes stay where they are until zipped_close.  INVALID: file.cut (byte), file.too_many_parts,
 * file.bomb (megabytes, part), also where it only says that it unfolds to more than sheets_unfold. */
Err  zipped_open(Zipped *z, Str file, Problems *problems);
void zipped_close(Zipped *z);

/* The part of this name in any case, also where it is parted by backslashes; -1: there is none. */
int64_t zipped_find(const Zipped *z, const char *name);

/* n bytes came out of a part.  file.bomb where all together are twice what the file may unfold to; what its thread is
 * told (core/pulse.h). */
Err zipped_wanted(Zipped *z, Str part, int64_t n);

typedef struct Part Part;

/* A part of the zip being read.  The handlers get names without a namespace prefix. */
struct Part {
    Zipped      *zip;
    const char  *name;
    zip_file_t  *from;
    XML_Parser   parser;
    Arena        mem;       /* all that expat may take                      */
    int64_t      size, done;
    int64_t      heard_at;    /* what was done when the parser last had something to tell */
    int          depth;
    bool         paused;
    Err          err;
    void       (*start)(void *user, Str name, const char **attrs);
    void       (*end)(void *user, Str name);
    void       (*text)(void *user, Str text);
    void        *user;
};

/* NOT_FOUND (without a problem) when there is no such part. */
Err  part_open(Part *p, Zipped *z, const char *name);
/* Feeds the parser until the part ends, a handler stops it (part_pause) or something is wrong. *more: it was paused. */
Err  part_read(Part *p, bool *more);
void part_pause(Part *p);
void part_close(Part *p);
/* Opens, reads to the end and closes. */
Err  part_run(Part *p, Zipped *z, const char *name);
/* For handlers: remembers the problem and stops. */
void part_refuse(Part *p, const char *key);

Str  attr_of(const char **attrs, const char *name); /* whatever its prefix */

Str  attr_of(const char **attrs, const char *name); /* whatever its prefix */

#endif
