/* The room for files: its rule, what is kept, and how what is old goes. */
#include "core/buf.h"
#include "files/files_sql.h"
#include "files/inside.h"

enum { PARTS_AT_ONCE = 16, DAY_MS = 86400000, MB = 1000000 };

static const FileUse *const *uses;

void files_uses_set(const FileUse *const *all) { uses = all; }

Err file_room(Work *w, FileRoom *out)
{
    Rows row;
    *out = (FileRoom){ 0 };
    TRY(db_query(w->db, SQL_FILE_ROOM, VALS(val_int(w->actor), val_int(w->now - DAY_MS)), &row));
    if (rows_next(&row))
        *out = (FileRoom){ .days = row_int(&row, 0),
                           .person_mb = row_int(&row, 1),
                           .firm_mb = row_int(&row, 2),
                           .person = row_int(&row, 3),
                           .firm = row_int(&row, 4),
                           .files = row_int(&row, 5),
                           .leaving = row_int(&row, 6) };
    return rows_end(&row);
}

static int64_t megabytes(int64_t bytes) { return (bytes + MB - 1) / MB; }

static Err no_room(Work *w, const char *key, int64_t used, int64_t most_mb, int64_t size, int64_t days)
{
    return fail(w, CONFLICT, "file", key, arg_count("used", megabytes(used)), arg_count("most", most_mb),
                arg_count("size", megabytes(size)), arg_count("days", days));
}

Err file_room_need(Work *w, int64_t size)
{
    FileRoom room;
    if (!w->actor) return OK;
    TRY(file_room(w, &room));
    if (room.files >= FILES_PERSON_MOST)
        return fail(w, CONFLICT, "file", "file.too_many", arg_count("most", FILES_PERSON_MOST));
    if (room.person + size > room.person_mb * MB)
        return no_room(w, "file.no_room_person", room.person, room.person_mb, size, room.days);
    if (room.firm + size > room.firm_mb * MB)
        return no_room(w, "file.no_room_firm", room.firm, room.firm_mb, size, room.days);
    return OK;
}

Err file_rule_put(Work *w, const FileRoom *rule)
{
    return db_run(w->db, SQL_FILE_RULE_PUT, VALS(val_int(rule->days), val_int(rule->person_mb), val_int(rule->firm_mb)),
                  NULL);
}

/* ---- going: one file ---- */

typedef struct {
    int64_t id, body; /* of the file; 0: it has gone, or there is only a body */
    bool    gone;
} Forgetting;

/* What hangs on the file first, a stretch a work; then its row, and its body is left alone or to go. */
static Err file_stretch(Work *w, void *to)
{
    Forgetting *f    = to;
    bool        gone = true;
    f->gone          = false;
    for (int i = 0; uses && uses[i] && gone; i++)
        if (uses[i]->forget) TRY(uses[i]->forget(w, f->id, &gone));
    if (!gone) return OK;
    Err err = db_int(w->db, SQL_FILE_BODY_OF, VALS(val_int(f->id)), &f->body);
    f->gone = true;
    if (err) return err == NOT_FOUND ? OK : err;
    TRY(db_run(w->db, SQL_FILE_FORGET, VALS(val_int(f->id)), NULL));
    return db_run(w->db, SQL_FILE_BODY_LEFT, VALS(val_int(f->body)), NULL);
}

static Err body_stretch(Work *w, void *to)
{
    Forgetting *f = to;
    int64_t     n, going;
    f->gone = true;
    Err err = db_int(w->db, SQL_FILE_BODY_GOES, VALS(val_int(f->body)), &going);
    if (err) return err == NOT_FOUND ? OK : err; /* it serves another */
    TRY(db_run(w->db, SQL_FILE_BODY_PARTS_FORGET, VALS(val_int(f->body), val_int(PARTS_AT_ONCE)), &n));
    f->gone = n < PARTS_AT_ONCE;
    return f->gone ? db_run(w->db, SQL_FILE_BODY_FORGET, VALS(val_int(f->body)), NULL) : OK;
}

Err file_forget_all(Work *w, int64_t id)
{
    Forgetting f = { .id = id };
    while (!f.gone) TRY(work_write(w, file_stretch, &f));
    return f.body ? body_forget_all(w, f.body) : OK;
}

Err body_forget_all(Work *w, int64_t body)
{
    Forgetting f = { .body = body };
    while (!f.gone) TRY(work_write(w, body_stretch, &f));
    return OK;
}

/* ---- going: what is over ---- */

typedef enum { KEPT, SERVED, BUSY_NOW } Condition;

/* Is any of the conditions true of the row {f}? */
static void any_use(Buf *sql, Condition which)
{
    buf_c(sql, "(1 = 0");
    for (int i = 0; uses && uses[i]; i++) {
        const FileUse *u    = uses[i];
        const char    *text = which == KEPT ? u->kept : which == SERVED ? u->served : u->busy;
        if (text) buf_fmt(sql, " or %s", text);
    }
    buf_c(sql, ")");
}

/* What nothing has kept or served since then is over. */
static Err term_begins(Work *w, Moment *at)
{
    int64_t days;
    TRY(db_int(w->db, SQL_FILE_DAYS, NO_VALS, &days));
    *at = w->now - days * DAY_MS;
    return OK;
}

Err file_is_kept(Work *w, int64_t id, bool *kept)
{
    Moment  term;
    int64_t n;
    Buf     sql = buf_new(w->mem, 600);
    TRY(term_begins(w, &term));
    buf_c(&sql, "select count(*) from file f where f.id = $2 and cast($1 as bigint) is not null and ");
    any_use(&sql, KEPT);
    TRY(db_int(w->db, buf_str(&sql), VALS(val_int(term), val_int(id)), &n));
    *kept = n > 0;
    return OK;
}

/* What has come to hang somewhere since it was marked. */
static Err kept_again(Work *w, Moment term)
{
    Buf sql = buf_new(w->mem, 600);
    buf_c(&sql, "update file set over_since = null where id in (select f.id from file f where f.over_since is not null"
                " and cast($1 as bigint) is not null and ");
    any_use(&sql, KEPT);
    buf_c(&sql, ")");
    return db_run(w->db, buf_str(&sql), VALS(val_int(term)), NULL);
}

/* Served for the term, else for a day; what is kept for good stays. */
Err files_mark(Work *w)
{
    Moment term;
    Buf    sql = buf_new(w->mem, 600);
    TRY(term_begins(w, &term));
    TRY(db_run(w->db, SQL_FILE_OVER_AGAIN, VALS(val_int(w->now)), NULL));
    TRY(kept_again(w, term));
    buf_c(&sql, "update file set over_since = $3 where id in (select f.id from file f where f.over_since is null"
                " and f.made_at < $2 and not ");
    any_use(&sql, KEPT);
    buf_c(&sql, " and (f.made_at < $1 or not ");
    any_use(&sql, SERVED);
    buf_c(&sql, "))");
    return db_run(w->db, buf_str(&sql), VALS(val_int(term), val_int(w->now - DAY_MS), val_int(w->now)), NULL);
}

/* The file whose term was over first, a day ago; one that something works with stays, and so does one that has come to
 * be kept since it was marked. */
static Err over_find(Work *w, int64_t *id)
{
    Moment term;
    Buf    sql = buf_new(w->mem, 600);
    TRY(term_begins(w, &term));
    buf_c(&sql, "select f.id from file f where f.over_since is not null and f.over_since <= $2 and not ");
    any_use(&sql, BUSY_NOW);
    buf_c(&sql, " and not ");
    any_use(&sql, KEPT);
    buf_c(&sql, " and cast($1 as bigint) is not null order by f.over_since, f.id limit 1");
    Err err = db_int(w->db, buf_str(&sql), VALS(val_int(term), val_int(w->now - DAY_MS)), id);
    if (err == NOT_FOUND) *id = 0;
    return err == NOT_FOUND ? OK : err;
}

/* Asked again in the work that writes: it may just have been hung somewhere. */
static Err over_stretch(Work *w, void *to)
{
    Forgetting *f = to;
    TRY(over_find(w, &f->id));
    return f->id ? file_stretch(w, f) : OK;
}

Err files_clear(Work *w, bool *more)
{
    Forgetting f = { 0 };
    *more        = true;
    TRY(over_find(w, &f.id));
    if (f.id) return work_write(w, over_stretch, &f);
    Err err = db_int(w->db, SQL_FILE_BODY_GOING, NO_VALS, &f.body);
    *more   = err == OK;
    if (err) return err == NOT_FOUND ? OK : err;
    return work_write(w, body_stretch, &f);
}
