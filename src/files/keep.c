/* A file comes in, and its bytes go out again. */
#include "entity/ids.h"
#include "files/files_sql.h"
#include "files/inside.h"

#include <errno.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

enum { PART = 1 << 20, HASH_SIZE = 2 * crypto_hash_sha256_BYTES + 1 };

typedef struct {
    int64_t id, body, own, size, place; /* own: the body that was begun for it */
    Str     name, bytes;
    Content content;
    char    hash[HASH_SIZE];
    bool    known; /* its content stands there already */
} Keeping;

/* ---- what it is ---- */

static ptrdiff_t read_part(int fd, char *to, int64_t at)
{
    ptrdiff_t n = 0;
    while (n < PART) {
        ssize_t got = pread(fd, to + n, (size_t)(PART - n), (off_t)(at + n));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return -1;
        if (got == 0) break;
        n += got;
    }
    return n;
}

static Err not_readable(Work *w, const Keeping *k)
{
    return fail(w, BROKEN, NULL, "file.not_readable", arg_text("path", k->name));
}

/* Reading it once tells its hash and what it is; the system still has it in memory when it is read again. */
static Err look(Work *w, int fd, Keeping *k, char *part)
{
    crypto_hash_sha256_state state;
    unsigned char            hash[crypto_hash_sha256_BYTES];
    int64_t                  at = 0;
    crypto_hash_sha256_init(&state);
    for (ptrdiff_t n; at < k->size; at += n) {
        TRY(work_pulse(w));
        n = read_part(fd, part, at);
        if (n <= 0) return not_readable(w, k);
        if (at == 0) k->content = content_of((Str){ part, n });
        crypto_hash_sha256_update(&state, (const unsigned char *)part, (unsigned long long)n);
    }
    crypto_hash_sha256_final(&state, hash);
    sodium_bin2hex(k->hash, HASH_SIZE, hash, sizeof hash);
    return OK;
}

/* ---- coming in ---- */

static Err known_find(Work *w, Keeping *k)
{
    Rows row;
    TRY(db_query(w->db, SQL_FILE_BODY_KNOWN, VALS(val_text(str_of(k->hash))), &row));
    k->known = rows_next(&row);
    if (k->known) k->body = row_int(&row, 0);
    return rows_end(&row);
}

static Err body_begin(Work *w, Keeping *k)
{
    TRY(ids_take(w, 1, &k->body));
    return db_run(w->db, SQL_FILE_BODY_ADD,
                  VALS(val_int(k->body), val_int(k->size), val_int(w->now), val_text(str_of(k->content.type)),
                       val_int(k->content.width ? k->content.width : NONE),
                       val_int(k->content.height ? k->content.height : NONE)),
                  NULL);
}

static Err begin(Work *w, void *to)
{
    Keeping *k = to;
    TRY(file_room_need(w, k->size));
    TRY(known_find(w, k));
    if (!k->known) TRY(body_begin(w, k));
    TRY(ids_take(w, 1, &k->id));
    return db_run(w->db, SQL_FILE_ADD,
                  VALS(val_int(k->id), val_int(k->body), val_text(k->name), val_int(k->size), val_int(w->now),
                       val_int(w->actor)),
                  NULL);
}

static Err write_part(Work *w, void *to)
{
    Keeping *k = to;
    return db_run(w->db, SQL_FILE_BODY_PART_ADD, VALS(val_int(k->body), val_int(k->place), val_blob(k->bytes)), NULL);
}

/* Somebody else may have sent the same meanwhile: then this body goes. */
static Err settle(Work *w, void *to)
{
    Keeping *k = to;
    k->body    = k->own;
    TRY(known_find(w, k));
    if (!k->known) return db_run(w->db, SQL_FILE_BODY_WHOLE, VALS(val_int(k->own), val_text(str_of(k->hash))), NULL);
    TRY(db_run(w->db, SQL_FILE_MOVES, VALS(val_int(k->id), val_int(k->body)), NULL));
    return db_run(w->db, SQL_FILE_BODY_LEFT, VALS(val_int(k->own)), NULL);
}

static Err write_parts(Work *w, int fd, Keeping *k, char *part)
{
    for (int64_t at = 0; at < k->size; at += k->bytes.n, k->place++) {
        ptrdiff_t n = read_part(fd, part, at);
        if (n <= 0) return not_readable(w, k);
        k->bytes = (Str){ part, n };
        TRY(work_write(w, write_part, k));
    }
    TRY(work_write(w, settle, k));
    return k->known ? body_forget_all(w, k->own) : OK;
}

Err file_keep(Work *w, int fd, int64_t size, Str name, int64_t *id)
{
    Keeping k    = { .size = size, .name = name };
    char   *part = NEW_RAW(w->mem, char, PART);
    TRY(look(w, fd, &k, part));
    TRY(work_write(w, begin, &k));
    *id   = k.id;
    k.own = k.body;
    if (k.known) return OK;
    Err err = write_parts(w, fd, &k, part);
    if (err) file_forget_all(w, k.id); /* where even this fails, it goes as one that serves nothing */
    return err;
}

/* ---- going out ---- */

static File file_row(Arena *mem, const Rows *row)
{
    return (File){ .id = row_int(row, 0),
                   .body = row_int(row, 1),
                   .name = str_copy(mem, row_text(row, 2)),
                   .size = row_int(row, 3),
                   .made_at = row_int(row, 4),
                   .sender = row_int(row, 5),
                   .content = { str_c(mem, row_text(row, 6)), row_int(row, 7), row_int(row, 8) } };
}

Err files_find(Work *w, const int64_t *ids, ptrdiff_t n, int64_t sender, File *out, bool *found)
{
    Rows rows;
    Ids  place = ids_new(w->mem, n);
    for (ptrdiff_t i = 0; i < n; i++) {
        found[i] = false;
        ids_put(&place, ids[i], i);
    }
    TRY(db_query(w->db, SQL_FILE_MANY, VALS(val_ids(ids, n), val_int(sender)), &rows));
    while (rows_next(&rows)) {
        ptrdiff_t i = ids_at(&place, row_int(&rows, 0));
        out[i]      = file_row(w->mem, &rows);
        found[i]    = true;
    }
    return rows_end(&rows);
}

Err file_find(Work *w, int64_t id, int64_t sender, File *out)
{
    bool found;
    TRY(files_find(w, &id, 1, sender, out, &found));
    return found ? OK : NOT_FOUND;
}

Err file_pour(Work *w, const File *f, bool (*sink)(void *to, Str bytes), void *to)
{
    Rows    rows;
    int64_t n    = 0;
    bool    room = true;
    TRY(db_stream(w->db, SQL_FILE_PARTS, VALS(val_int(f->body)), &rows));
    while (room && rows_next(&rows)) {
        Str bytes = row_blob(&rows, 0);
        room      = sink(to, bytes);
        n += bytes.n;
    }
    TRY(rows_end(&rows));
    if (!room) return fail(w, BROKEN, NULL, "file.not_written");
    return n == f->size ? OK : fail(w, NOT_FOUND, "file", "file.gone");
}

/* What of a part that begins at `at` is wanted. */
static Str wanted(Str bytes, int64_t at, int64_t from, int64_t end)
{
    int64_t first = from > at ? from - at : 0, last = end - at < bytes.n ? end - at : bytes.n;
    return (Str){ bytes.s + first, first < last ? (ptrdiff_t)(last - first) : 0 };
}

Err file_pour_some(Work *w, const File *f, int64_t from, int64_t n, bool (*sink)(void *to, Str bytes), void *to)
{
    Rows    rows;
    int64_t at   = from / PART * PART, poured = 0;
    bool    room = true;
    TRY(db_stream(w->db, SQL_FILE_PARTS_FROM,
                  VALS(val_int(f->body), val_int(from / PART), val_int((from + n - 1) / PART)), &rows));
    while (room && rows_next(&rows)) {
        Str bytes = row_blob(&rows, 0), piece = wanted(bytes, at, from, from + n);
        room      = sink(to, piece);
        poured += piece.n;
        at += bytes.n;
    }
    TRY(rows_end(&rows));
    if (!room) return fail(w, BROKEN, NULL, "file.not_written");
    return poured == n ? OK : fail(w, NOT_FOUND, "file", "file.gone");
}
