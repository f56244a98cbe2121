/* Tables out of zip and gzip. */
#include "format/unpack.h"
#include "format/kind.h"
#include "format/mapped.h"
#include "format/recognise.h"
#include "format/zip_files.h"

#include <string.h>
#include <unistd.h>
#include <zlib.h>

enum { BLOCK = 1 << 16, FED = 1 << 30, DEEP = 2, LOOKED_AT = 100, LOOK_MEM = 1 << 28 };

/* What goes on while a pack is open; all of it goes with whoever gives up. */
typedef struct {
    Zipped      zip;
    zip_file_t *from;
    z_stream    inflate;
    bool        inflates;
    bool        stays;   /* a zip of several tables */
    int         fd;
    Problems   *problems;
    Str         file;
    char        block[BLOCK];
    Holding     held;
} Unpacking;

static void let_go(void *unpacking)
{
    Unpacking *u = unpacking;
    if (u->from) zip_fclose(u->from);
    zipped_close(&u->zip);
    if (u->inflates) inflateEnd(&u->inflate);
    if (u->fd >= 0) close(u->fd);
}

static Err refuse(Unpacking *u, const char *key, Str part)
{
    return PROBLEM(u->problems, INVALID, NULL, key, arg_text("part", part));
}

static Err block_keep(Unpacking *u, Str part, ptrdiff_t n)
{
    TRY(zipped_wanted(&u->zip, part, n));
    bool kept = temporary_write(&u->fd, (Str){ u->block, n });
    return kept ? OK : PROBLEM(u->problems, BROKEN, NULL, "file.no_temporary");
}

/* ---- gzip ---- */

/* Members may follow each other; what follows that is none is no part of it. */
static bool another_member(z_stream *z)
{
    if (z->avail_in < 18 || z->next_in[0] != 0x1F || z->next_in[1] != 0x8B) return false;
    return inflateReset(z) == Z_OK;
}

static Err gzip_unpack(Unpacking *u)
{
    z_stream *z    = &u->inflate;
    int       said = inflateInit2(z, 16 + MAX_WBITS);
    u->inflates    = said == Z_OK;
    u->zip         = (Zipped){ .problems = u->problems, .packed = u->file.n };
    z->next_in     = (Bytef *)(uintptr_t)u->file.s;
    while (said == Z_OK) {
        ptrdiff_t left = u->file.s + u->file.n - (const char *)z->next_in;
        z->avail_in    = left < FED ? (uInt)left : FED;
        z->next_out    = (Bytef *)u->block;
        z->avail_out   = BLOCK;
        said           = inflate(z, Z_NO_FLUSH);
        TRY(block_keep(u, S("gzip"), BLOCK - (ptrdiff_t)z->avail_out));
        if (said == Z_STREAM_END && another_member(z)) said = Z_OK;
    }
    if (said == Z_BUF_ERROR) return PROBLEM(u->problems, INVALID, NULL, "file.cut", arg_count("byte", u->file.n));
    return said == Z_STREAM_END ? OK : refuse(u, "file.archive_broken", S("gzip"));
}

/* ---- zip ---- */

static Err part_keep(Unpacking *u, int64_t part, Str name)
{
    zip_int64_t n;
    u->from = zip_fopen_index(u->zip.zip, (zip_uint64_t)part, 0);
    if (!u->from) return zip_file_refused(&u->zip, name);
    while ((n = zip_fread(u->from, u->block, BLOCK)) > 0) TRY(block_keep(u, name, n));
    return n < 0 ? refuse(u, "file.archive_broken", name) : OK;
}

/* Texts are tables where their first lines have columns. */
static bool text_is_table(Arena mem, Str head, bool whole)
{
    Problems   quiet = { .mem = &mem, .limit = 1 };
    Recognised r;
    const char *end = whole ? NULL : memrchr(head.s, '\n', (size_t)head.n);
    if (end) head.n = end + 1 - head.s;
    return table_recognise(&mem, head, FORM_WISH, &r, &quiet) == OK && r.form.columns > 1;
}

static bool is_table(Unpacking *u, Arena mem, int64_t part)
{
    FileKind    kind;
    zip_int64_t n = 0;
    u->from       = zip_fopen_index(u->zip.zip, (zip_uint64_t)part, 0);
    if (u->from) n = zip_fread(u->from, u->block, BLOCK);
    if (u->from) zip_fclose(u->from);
    u->from = NULL;
    if (n <= 0) return false;
    Str head = { u->block, n };
    if (str_starts(head, S("PK\3\4")) || str_starts(head, S("\x1F\x8B"))) return true;
    if (file_kind(head, &kind, &(Problems){ 0 }) != OK) return false;
    return kind != FILE_CSV || text_is_table(mem, head, n < BLOCK);
}

/* The part to take: the only file, or the only table among the first hundred files.  -1: there are several, which
 * format/pack.c reads, or (with a problem) none. */
static int64_t part_choose(Unpacking *u, Arena mem)
{
    int64_t parts = zip_get_num_entries(u->zip.zip, 0), files = 0, tables = 0, file = -1, table = -1, looked = 0;
    for (int64_t i = 0; i < parts; i++)
        if (zip_is_file(&u->zip, i)) files++, file = i;
    if (files == 1) return file;
    for (int64_t i = 0; i < parts && looked < LOOKED_AT; i++) {
        if (!zip_is_file(&u->zip, i)) continue;
        looked++;
        if (!is_table(u, mem, i)) continue;
        tables++;
        table = i;
    }
    if (tables == 0) PROBLEM(u->problems, INVALID, NULL, "file.archive_empty", arg_count("files", files));
    u->stays = tables > 1;
    return tables == 1 ? table : -1;
}

static Err zip_unpack(Unpacking *u)
{
    TRY(zipped_open(&u->zip, u->file, u->problems));
    Arena   mem  = arena_new(LOOK_MEM);
    int64_t part = part_choose(u, mem);
    Err     err  = u->stays ? OK : INVALID;
    if (part >= 0) err = part_keep(u, part, zip_file_name(&mem, &u->zip, part));
    arena_drop(&mem);
    return err;
}

/* ---- both ---- */

/* *stays: nothing was unpacked. */
static Err unpack_once(Str *file, FilePack pack, bool *stays, Problems *problems)
{
    Str       out = { 0 };
    Arena     mem = arena_new((ptrdiff_t)sizeof(Unpacking) + 4096);
    Unpacking *u  = NEW(&mem, Unpacking);
    u->fd         = temporary_open();
    u->problems   = problems;
    u->file       = *file;
    guard_holds(&u->held, u, let_go);
    Err err = u->fd < 0 ? PROBLEM(problems, BROKEN, NULL, "file.no_temporary") : OK;
    if (err == OK) err = pack == PACK_GZIP ? gzip_unpack(u) : zip_unpack(u);
    *stays = u->stays;
    if (err == OK && !*stays && mapped_of(u->fd, &out) != OK)
        err = PROBLEM(problems, BROKEN, NULL, "file.no_temporary");
    guard_lets_go(&u->held);
    let_go(u);
    arena_drop(&mem);
    if (err != OK || *stays) return err;
    mapped_close(*file);
    *file = out;
    return OK;
}

Err table_unpack(Str *file, Problems *problems)
{
    for (int deep = 0;; deep++) {
        FilePack pack  = file_pack(*file);
        bool     stays = false;
        if (pack == PACK_NONE) return OK;
        if (deep == DEEP) return PROBLEM(problems, INVALID, NULL, "file.archive_deep");
        TRY(unpack_once(file, pack, &stays, problems));
        if (stays) return OK;
    }
}
