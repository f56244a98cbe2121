/* The journal: rows of `change` sealed in blocks, each over the hash of the one before, so that nothing can be taken
 * out or altered unnoticed. */
#include "entity/change.h"

#include <sodium.h>
#include <string.h>

typedef JournalBlock Block;

_Static_assert(sizeof((Block){ 0 }.hash) == crypto_hash_sha256_BYTES, "the chain is of SHA-256");

static Err last_block(Db *db, Block *out)
{
    Rows rows;
    memset(out, 0, sizeof *out);
    TRY(db_query(db, S("select id, tx, last, rows, hash from journal_block order by id desc limit 1"), NO_VALS, &rows));
    if (rows_next(&rows)) {
        *out = (Block){
            .id = row_int(&rows, 0), .tx = row_int(&rows, 1), .last = row_int(&rows, 2), .rows = row_int(&rows, 3)
        };
        Str hash = row_blob(&rows, 4);
        if (hash.n == sizeof out->hash) memcpy(out->hash, hash.s, sizeof out->hash);
    }
    return rows_end(&rows);
}

/* ---- what a block covers ---- */

static void cover_int(crypto_hash_sha256_state *state, int64_t v)
{
    unsigned char bytes[8]; /* big-endian, so that a chain verifies on every machine */
    for (int i = 0; i < 8; i++) bytes[i] = (unsigned char)((uint64_t)v >> (56 - 8 * i));
    crypto_hash_sha256_update(state, bytes, 8);
}

static void cover_text(crypto_hash_sha256_state *state, Str s)
{
    cover_int(state, s.n);
    crypto_hash_sha256_update(state, (const unsigned char *)s.s, (unsigned long long)s.n);
}

/* What the chain is over; the diffs, which may be large, are not read to seal. */
#define COVERED "c.tx, c.id, c.at, c.actor, c.work, c.record, c.version, c.entity, c.verb, c.digest"

static void cover_row(crypto_hash_sha256_state *state, const Rows *rows)
{
    for (int column = 0; column < 7; column++) cover_int(state, row_int(rows, column));
    cover_text(state, row_text(rows, 7));
    cover_text(state, row_text(rows, 8));
    cover_text(state, row_blob(rows, 9));
}

/* A row of COVERED, c.salt, c.diff: is the diff what its digest says, or erased? */
static bool diff_true(const Rows *rows)
{
    Str digest = row_blob(rows, 9), salt = row_blob(rows, 10), diff = row_text(rows, 11);
    if (!diff.s) return true;
    unsigned char            real[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_state own;
    crypto_hash_sha256_init(&own);
    crypto_hash_sha256_update(&own, (const unsigned char *)salt.s, (unsigned long long)salt.n);
    crypto_hash_sha256_update(&own, (const unsigned char *)diff.s, (unsigned long long)diff.n);
    crypto_hash_sha256_final(&own, real);
    return digest.n == sizeof real && memcmp(real, digest.s, sizeof real) == 0;
}

/* ---- sealing ---- */

static Err block_make(Db *db, const Block *before, Block *out)
{
    crypto_hash_sha256_state state;
    Rows                     rows;
    *out = (Block){ .id = before->id + 1 };
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, before->hash, sizeof before->hash);
    TRY(db_query(db, S("select " COVERED " from change c\n" CHANGE_BEHIND),
                 VALS(val_int(before->tx), val_int(before->last), val_int(JOURNAL_BLOCK)), &rows));
    while (rows_next(&rows)) {
        cover_row(&state, &rows);
        out->tx   = row_int(&rows, 0);
        out->last = row_int(&rows, 1);
        out->rows++;
    }
    crypto_hash_sha256_final(&state, out->hash);
    return rows_end(&rows);
}

Err journal_next(Db *db, JournalBlock *out)
{
    Block before;
    TRY(last_block(db, &before));
    TRY(block_make(db, &before, out));
    return out->rows ? OK : NOT_FOUND;
}

/* Two servers that seal at once meet at the number of the block: one of them finds it taken, and loses nothing. */
Err journal_seal(Work *w, const JournalBlock *block)
{
    return db_run(
        w->db,
        S("insert into journal_block (id, at, tx, last, rows, hash) values ($1, $2, $3, $4, $5, $6) on conflict (id) do"
          " nothing"),
        VALS(val_int(block->id), val_int(w->now), val_int(block->tx), val_int(block->last), val_int(block->rows),
             val_blob((Str){ (const char *)block->hash, sizeof block->hash })),
        NULL);
}

/* ---- verifying ---- */

#define BETWEEN                                                                                                        \
    "-- sqlite\n"                                                                                                      \
    " where c.id > $2 and c.id <= $4 and cast($1 as integer) >= 0 and cast($3 as integer) >= 0 order by c.id\n"        \
    "-- postgres\n"                                                                                                    \
    " where (c.tx, c.id) > ($1, $2) and (c.tx, c.id) <= ($3, $4) order by c.tx, c.id\n"

/* One page of the rows behind *from, which moves behind its last; *more: there may be others. */
static Err page_cover(Db *db, crypto_hash_sha256_state *state, Block *from, const Block *block, const char **why,
                      bool *more)
{
    ptrdiff_t bytes = CHANGE_DIFFS;
    Rows      rows;
    TRY(db_query(db, S(CHANGE_PAGE_OPEN("tx, id") "select " COVERED ", c.salt, c.diff from change c\n" BETWEEN
                       CHANGE_PAGE_CLOSE("tx, id")),
                 VALS(val_int(from->tx), val_int(from->last), val_int(block->tx), val_int(block->last)), &rows));
    for (; bytes > 0 && rows_next(&rows); from->rows++) {
        cover_row(state, &rows);
        if (!diff_true(&rows)) *why = "journal.values_altered";
        from->tx   = row_int(&rows, 0);
        from->last = row_int(&rows, 1);
        bytes -= row_text(&rows, 11).n;
    }
    *more = bytes <= 0;
    return rows_end(&rows);
}

static Err block_check(Db *db, const Block *before, const Block *block, const char **why)
{
    crypto_hash_sha256_state state;
    unsigned char            hash[crypto_hash_sha256_BYTES];
    Block                    from = { .tx = before->tx, .last = before->last };
    bool                     more = true;
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, before->hash, sizeof before->hash);
    while (more) TRY(page_cover(db, &state, &from, block, why, &more));
    crypto_hash_sha256_final(&state, hash);
    if (from.rows != block->rows) *why = "journal.rows_missing";
    else if (!*why && memcmp(hash, block->hash, sizeof hash) != 0) *why = "journal.rows_altered";
    return OK;
}

static Err next_block(Db *db, int64_t after, Block *out, bool *found)
{
    Rows rows;
    TRY(db_query(db, S("select id, tx, last, rows, hash from journal_block where id > $1 order by id limit 1"),
                 VALS(val_int(after)), &rows));
    *found = rows_next(&rows);
    if (*found) {
        *out = (Block){
            .id = row_int(&rows, 0), .tx = row_int(&rows, 1), .last = row_int(&rows, 2), .rows = row_int(&rows, 3)
        };
        Str hash = row_blob(&rows, 4);
        if (hash.n == sizeof out->hash) memcpy(out->hash, hash.s, sizeof out->hash);
    }
    return rows_end(&rows);
}

Err journal_verify(Db *db, JournalState *out)
{
    Block before = { 0 }, block;
    bool  found;
    *out = (JournalState){ 0 };
    for (;;) {
        TRY(next_block(db, before.id, &block, &found));
        if (!found) break;
        const char *why = block.id == before.id + 1 ? NULL : "journal.block_missing";
        if (!why) TRY(block_check(db, &before, &block, &why));
        if (why) {
            out->bad_block = block.id;
            out->why       = why;
            return OK;
        }
        out->blocks++;
        out->rows += block.rows;
        before = block;
    }
    return db_int(
        db,
        S("select count(*) from change c\n-- sqlite\n where c.id > $2 and cast($1 as integer) >= 0\n-- postgres\n where"
          " (c.tx, c.id) > ($1, $2)\n"),
        VALS(val_int(before.tx), val_int(before.last)), &out->open);
}
