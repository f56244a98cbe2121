/* Inside of format/xlsx: the parts of the zip as events of XML, and what the book says about its sheets, styles and strings. */
#ifndef FORMAT_XLSX_PARTS_H
#define FORMAT_XLSX_PARTS_H

#include "format/xlsx.h"

#include <expat.h>
#include <zip.h>

typedef struct Part Part;

/* A part of the zip being read.  The handlers get names without a namespace prefix. */
struct Part {
    Xlsx        *x;
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

typedef struct {
    Str  name, path;
    char *rel;              /* id of its relation */
    bool  hidden;
} Sheet;

/* Texts one behind another; in memory or in a mapped file. */
typedef struct {
    Str     bytes, ends; /* ends: where each text ends, int64_t, not aligned */
    int64_t count;
    bool    mapped;
} Strings;

typedef enum { STYLE_PLAIN, STYLE_DATE } StyleKind;

struct Xlsx {
    Arena     own, *mem;    /* mem points to own */
    Problems *problems;
    zip_t    *zip;
    int64_t   packed;       /* bytes of the file */
    Sheet    *sheet;
    int       sheets;
    bool      from_1904;
    Str       styles;       /* a StyleKind a byte, by the style number of a cell */
    Strings   strings;
    Str       strings_path; /* empty: the book has none, or they are read */
    struct SheetReader *reader;
    Holding      held;
};

/* NOT_FOUND (without a problem) when there is no such part. */
Err  part_open(Part *p, Xlsx *x, const char *name);
/* Feeds the parser until the part ends, a handler stops it (part_pause) or something is wrong. *more: it was paused. */
Err  part_read(Part *p, bool *more);
void part_pause(Part *p);
void part_close(Part *p);
/* Opens, reads to the end and closes. */
Err  part_run(Part *p, Xlsx *x, const char *name);
/* For handlers: remembers the problem and stops. */
void part_refuse(Part *p, const char *key);

Str  attr_of(const char **attrs, const char *name); /* whatever its prefix */

Err  book_read(Xlsx *x);      /* sheets, 1904, styles */
Err  strings_read(Xlsx *x);   /* the first time it is called */
void strings_drop(Strings *s);
Str  string_at(const Strings *s, int64_t index);

/* Does a number format show a date?  Built-in ids and codes of ECMA-376 part 1, 18.8.30 and 18.8.31. */
StyleKind style_of_id(int64_t id);
StyleKind style_of_code(Str code);

#endif
