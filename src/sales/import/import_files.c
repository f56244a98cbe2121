/* Files that people send, kept in the base in parts of 1 MiB, so that any server of the base can read them. */
#include "format/mapped.h"
#include "format/unpack.h"
#include "sales/import/file_room.h"
#include "sales/import/file_room_sql.h"
#include "sales/import/import.h"

#include <errno.h>
#include <unistd.h>

enum { PART = 1 << 20 };

typedef struct {
    int64_t id, size, place;
    Str     name, bytes;
} Keeping;

static Err write_file_row(Work *w, void *to)
{
    Keeping *k = to;
    TRY(file_room_need(w, k->size));
    TRY(ids_take(w, 1, &k->id));
    return db_run(w->db, SQL_FILE_ADD,
                  VALS(val_int(k->id), val_text(k->name), val_int(k->size), val_int(w->now), val_int(w->actor)), NULL);
}

static Err write_part(Work *w, void *to)
{
    Keeping *k = to;
    return db_run(w->db, SQL_FILE_PART_ADD, VALS(val_int(k->id), val_int(k->place), val_blob(k->bytes)), NULL);
}

static ptrdiff_t read_part(int fd, char *to)
{
    ptrdiff_t n = 0;
    while (n < PART) {
        ssize_t got = read(fd, to + n, (size_t)(PART - n));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return -1;
        if (got == 0) break;
        n += got;
    }
    return n;
}

static Err write_parts(Work *w, int fd, Keeping *k)
{
    char *part = NEW_RAW(w->mem, char, PART);
    for (;; k->place++) {
        ptrdiff_t n = read_part(fd, part);
        if (n < 0) return fail(w, BROKEN, NULL, "file.not_readable", arg_text("path", k->name));
        if (n == 0) return OK;
        k->bytes = (Str){ part, n };
        TRY(work_write(w, write_part, k));
    }
}

Err file_keep(Work *w, int fd, int64_t size, Str name, int64_t *id)
{
    Keeping k = { .size = size, .name = name };
    TRY(work_write(w, write_file_row, &k));
    *id     = k.id;
    Err err = write_parts(w, fd, &k);
    if (err) file_forget_all(w, k.id); /* where even this fails, it goes as one that was never imported */
    return err;
}

typedef struct {
    Work   *w;
    int64_t id;
    int     fd;
    Str    *bytes;
} Pouring;

/* Its parts into a temporary file, all of them or none that counts. */
static Err parts_pour(void *to)
{
    Pouring *p = to;
    Rows     rows;
    bool     room = p->fd >= 0;
    TRY(db_stream(p->w->db, SQL_FILE_PARTS, VALS(val_int(p->id)), &rows));
    while (room && rows_next(&rows)) room = temporary_write(&p->fd, row_blob(&rows, 0));
    TRY(rows_end(&rows));
    return room && mapped_of(p->fd, p->bytes) == OK ? OK : fail(p->w, BROKEN, NULL, "file.no_temporary");
}

Err file_bring(Work *w, int64_t id, int64_t sender, Str *bytes, Str *name)
{
    Rows rows;
    bool there = false;
    int64_t size = 0;
    TRY(db_query(w->db, SQL_FILE_ONE, VALS(val_int(id), val_int(sender)), &rows));
    if (rows_next(&rows)) {
        there = true;
        *name = str_copy(w->mem, row_text(&rows, 0));
        size  = row_int(&rows, 1);
    }
    TRY(rows_end(&rows));
    if (!there) return fail(w, NOT_FOUND, "file", "import.no_such_file");

    Pouring p = { w, id, temporary_open(), bytes };
    Err err   = guarded(parts_pour, &p); /* the descriptor is closed in any case */
    if (p.fd >= 0) close(p.fd);
    if (err == TOO_LARGE) memory_over();
    if (!err && bytes->n != size) { /* it is just going, or never came whole */
        mapped_close(*bytes);
        err = fail(w, NOT_FOUND, "file", "import.no_such_file");
    }
    if (err) return err;
    err = table_unpack(bytes, &w->problems);
    if (err) mapped_close(*bytes);
    if (err) *bytes = (Str){ 0 };
    return err;
}
