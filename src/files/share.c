/* Links for somebody outside: made, opened by the rights of their maker, ended. */
#include "files/share.h"

#include "access/session.h"
#include "entity/reach.h"
#include "entity/record.h"
#include "files/files_sql.h"

#include <sodium.h>

enum { HASH_SIZE = 2 * crypto_hash_sha256_BYTES + 1, TOKEN_BYTES = 32 };
#define DAY_MS (INT64_C(24) * 3600 * 1000)

static Str hash_of(Arena *mem, Str token)
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    char         *hex = NEW_RAW(mem, char, HASH_SIZE);
    crypto_hash_sha256(hash, (const unsigned char *)token.s, (unsigned long long)token.n);
    sodium_bin2hex(hex, HASH_SIZE, hash, sizeof hash);
    return str_of(hex);
}

/* How often it was given away stands at the attachment, and so in its history. */
static Err given_away(Work *w, int64_t id)
{
    Attachment a;
    SaveHow    how = { .trusted = true };
    bool       found;
    TRY(record_fetch(w, &attachment_entity, &id, 1, true, &a, &found));
    if (!found) return fail(w, NOT_FOUND, NULL, "record.not_found");
    a.links = a.links == NONE ? 1 : a.links + 1;
    return record_save_many(w, &attachment_entity, &a, 1, &how);
}

/* What is lent counts for nothing: a loan is there to look and to work by, and hands nothing on. */
static Err without_loans(Work *w, const char *verb, int64_t attachment, bool *in)
{
    const Actor *who   = w->who;
    Actor        alone = *who;
    alone.given = false;
    w->who      = &alone;
    Err err     = reach_rows(w, w->scratch, &attachment_entity, verb, &attachment, 1, in);
    w->who      = who;
    return err;
}

static Err need_without_loans(Work *w, const char *verb, int64_t attachment, const char *key)
{
    bool in;
    TRY(reach_need(w, &attachment_entity, "view", attachment));
    TRY(without_loans(w, verb, attachment, &in));
    return in ? OK : fail(w, DENIED, NULL, key);
}

Err share_make(Work *w, int64_t attachment, Moment until, int64_t times, char token[SHARE_TOKEN_SIZE], int64_t *id)
{
    unsigned char bytes[TOKEN_BYTES];
    int64_t       open;
    TRY(need_without_loans(w, "view", attachment, "share.lent"));
    TRY(db_int(w->db, SQL_SHARES_OPEN, VALS(val_int(attachment), val_int(w->now)), &open));
    if (open >= SHARES_MOST) return fail(w, CONFLICT, NULL, "share.too_many", arg_count("most", SHARES_MOST));
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2base64(token, SHARE_TOKEN_SIZE, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    TRY(ids_take(w, 1, id));
    TRY(db_run(w->db, SQL_SHARE_ADD,
               VALS(val_int(*id), val_text(hash_of(w->mem, str_of(token))), val_int(attachment), val_int(w->now),
                    val_int(w->actor), val_int(until), val_int(times)),
               NULL));
    return given_away(w, attachment);
}

Err share_end(Work *w, int64_t attachment, int64_t id)
{
    int64_t maker = 0;
    TRY(reach_need(w, &attachment_entity, "view", attachment));
    TRY(db_int(w->db, SQL_SHARE_MAKER, VALS(val_int(id), val_int(attachment)), &maker));
    if (!maker) return fail(w, NOT_FOUND, "share", "share.no_such");
    if (maker != w->actor) TRY(need_without_loans(w, "change", attachment, "share.not_yours"));
    return db_run(w->db, SQL_SHARE_END, VALS(val_int(id), val_int(attachment), val_int(w->now)), NULL);
}

Err shares_may_end(Work *w, int64_t attachment, bool *others)
{
    return without_loans(w, "change", attachment, others);
}

Err shares_of(Work *w, int64_t attachment, Rows *rows)
{
    TRY(reach_need(w, &attachment_entity, "view", attachment));
    return db_query(w->db, SQL_SHARES_OF, VALS(val_int(attachment), val_int(SHARES_MOST), val_int(w->now)), rows);
}

Err shares_forget(Work *w, Moment at)
{
    return db_run(w->db, SQL_SHARES_FORGET, VALS(val_int(at - SHARE_DAYS_TOLD * DAY_MS)), NULL);
}

/* ---- from outside ---- */

typedef struct {
    int64_t id, attachment, maker;
    Moment  until;
} OpenLink;

static Err link_find(Work *w, Str token, OpenLink *out)
{
    Rows row;
    bool there = false, open = false;
    TRY(db_query(w->db, SQL_SHARE_BY_HASH, VALS(val_text(hash_of(w->mem, token)), val_int(w->now)), &row));
    if (rows_next(&row)) {
        there = true;
        open  = row_int(&row, 4) == 1;
        *out  = (OpenLink){ row_int(&row, 0), row_int(&row, 1), row_int(&row, 2), row_int(&row, 3) };
    }
    TRY(rows_end(&row));
    return !there ? NOT_FOUND : open ? OK : DENIED;
}

/* What hangs on an archived record is put away with it. */
static Err record_living(Work *w, const Attachment *a)
{
    const Field  *f    = field_of(&attachment_entity, attachment_entity.follows);
    Value         on   = value_get(f, a);
    const Entity *to   = field_to(f, on);
    int64_t       here = 0;
    if (!to) return NOT_FOUND;
    Str sql = str_fmt(w->mem, "select count(*) from %s where id = $1 and archived_at is null", entity_table(to));
    TRY(db_int(w->db, sql, VALS(val_int(on.n)), &here));
    return here ? OK : NOT_FOUND;
}

/* As its maker would see it now. */
static Err maker_sees(Work *w, const OpenLink *link, Shared *out)
{
    Attachment a;
    bool       in = false, found;
    int64_t    id = link->attachment;
    TRY(actor_of(w, link->maker));
    TRY(access_need(w, "attachment", "share"));
    TRY(without_loans(w, "view", id, &in));
    if (!in) return NOT_FOUND;
    TRY(record_fetch(w, &attachment_entity, &id, 1, false, &a, &found));
    if (!found || a.base.archived_at != NONE) return NOT_FOUND;
    TRY(record_living(w, &a));
    *out = (Shared){ .id = link->id, .until = link->until, .name = a.name };
    return file_find(w, a.file_id, 0, &out->file);
}

Err share_open(Work *w, Str token, Shared *out)
{
    OpenLink link;
    Problems told = w->problems;
    TRY(link_find(w, token, &link));
    Err err     = maker_sees(w, &link, out);
    w->who      = NULL;
    w->actor    = 0;
    w->problems = err == DENIED || err == NOT_FOUND ? told : w->problems;
    return err == NOT_FOUND ? DENIED : err;
}

Err share_fetched(Work *w, void *shared)
{
    const Shared *s = shared;
    int64_t       n;
    TRY(db_run(w->db, SQL_SHARE_FETCHED, VALS(val_int(s->id), val_int(w->now)), &n));
    return n ? OK : NOT_FOUND;
}
