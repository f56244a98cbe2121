/* A file that somebody sent, brought back to be read. */
#include "files/files.h"
#include "format/mapped.h"
#include "format/unpack.h"
#include "sales/import/import.h"

#include <unistd.h>

typedef struct {
    Work       *w;
    const File *file;
    int         fd;
    Str        *bytes;
    bool        full;
} Pouring;

static bool pour_out(void *to, Str bytes)
{
    Pouring *p = to;
    p->full    = !temporary_write(&p->fd, bytes);
    return !p->full;
}

/* Its parts into a temporary file, all of them or none that counts. */
static Err parts_pour(void *to)
{
    Pouring *p    = to;
    Problems told = p->w->problems;
    if (p->fd < 0) return fail(p->w, BROKEN, NULL, "file.no_temporary");
    Err err = file_pour(p->w, p->file, pour_out, p);
    if (p->full) p->w->problems = told;
    if (p->full) return fail(p->w, BROKEN, NULL, "file.no_temporary");
    TRY(err);
    return mapped_of(p->fd, p->bytes) == OK ? OK : fail(p->w, BROKEN, NULL, "file.no_temporary");
}

Err file_bring(Work *w, int64_t id, int64_t sender, Str *bytes, Str *name)
{
    File file;
    Err  err = file_find(w, id, sender, &file);
    if (err) return err == NOT_FOUND ? fail(w, NOT_FOUND, "file", "import.no_such_file") : err;
    *name = file.name;

    Pouring p = { .w = w, .file = &file, .fd = temporary_open(), .bytes = bytes };
    err       = guarded(parts_pour, &p); /* the descriptor is closed in any case */
    if (p.fd >= 0) close(p.fd);
    if (err == TOO_LARGE) memory_over();
    if (err) return err;
    err = table_unpack(bytes, &w->problems);
    if (err) mapped_close(*bytes);
    if (err) *bytes = (Str){ 0 };
    return err;
}
