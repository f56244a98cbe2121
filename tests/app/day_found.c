/* What must be found of a working day after the power went. */
#include "app/backup.h"
#include "app/copy_check.h"
#include "sales/import/import.h"
#include "tests/app/day.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Counted in every base, whenever the power went: none of these may be there. */
static const struct {
    const char *says, *sql;
} never[] = {
    { "a sale whose total is not the sum of its lines",
      "select count(*) from sale s"
      " where s.total <> (select coalesce(sum(l.amount), 0) from sale_line l where l.sale_id = s.id)" },
    { "a sale without lines",
      "select count(*) from sale s where not exists (select 1 from sale_line l where l.sale_id = s.id)" },
    { "an import that came to no end", "select count(*) from import where state not in (3, 7)" },
    { "half an import of sales",
      "select count(*) from import i where i.target = 'sale' and (select count(*) from sale where source = i.source)"
      " <> (case i.state when 3 then 300 else 0 end)" },
    { "half an import of clients",
      "select count(*) from import i where i.target = 'client' and (case i.state when 3 then 250 else 0 end)"
      " <> (select count(*) from client where name like 'Привезённый %')" },
    { "lines known of an import that was undone",
      "select count(*) from import_line l join import i on i.id = l.import_id where i.state = 7" },
    { "a field of the firm's own without its column",
      "select count(*) from own_field f"
      " where not exists (select 1 from pragma_table_info('client') c where c.name = 'x' || f.id)" },
    { "a column of the firm's own without its field",
      "select count(*) from pragma_table_info('client') c where c.name glob 'x[0-9]*'"
      " and not exists (select 1 from own_field f where c.name = 'x' || f.id)" },
    { "a client without the row that says who made it",
      "select count(*) from client c"
      " where not exists (select 1 from change h where h.record = c.id and h.entity = 'client')" },
};

static Str never_found(Db *db, Arena *mem)
{
    for (int i = 0; i < (int)COUNT(never); i++) {
        int64_t n = -1;
        Err     err = db_int(db, str_of(never[i].sql), NO_VALS, &n);
        if (err) return str_fmt(mem, "%s: %s", never[i].says, db_engine_words(db));
        if (n) return str_fmt(mem, "%lld times %s", (long long)n, never[i].says);
    }
    return (Str){ 0 };
}

static bool copy_whole(Running *r, Arena *mem, const char *path)
{
    return copy_check(&r->call.problems, mem, r->program->address, path, path, NULL) == OK;
}

static Str promises_kept(Day24 *d, Running *r, Db *db, Arena *mem, const char *place, int64_t note)
{
    for (int i = 0; i < d->promises; i++) {
        const Promise *p = &d->promise[i];
        int64_t        n = -1;
        if (note < p->from || note > p->until) continue;
        char *copy = str_c(mem, str_fmt(mem, "%s%.*s", place, (int)p->copy.n, p->copy.s));
        if (p->copy.n && !copy_whole(r, mem, copy)) return str_fmt(mem, "%s is not there, or not whole", copy);
        db_int(db, p->sql, NO_VALS, &n);
        if (n == p->want || p->copy.n) continue;
        return str_fmt(mem, "%.*s gives %lld, not %lld", (int)p->sql.n, p->sql.s, (long long)n, (long long)p->want);
    }
    return (Str){ 0 };
}

static bool half_copy(const char *folder)
{
    DIR *dir  = opendir(folder);
    bool half = false;
    for (struct dirent *e = NULL; dir && (e = readdir(dir)) != NULL;) half |= str_ends(str_of(e->d_name), S(".part"));
    if (dir) closedir(dir);
    return half;
}

/* What has the name of a copy is one, and nothing of those that were cut off is left to fill the disk. */
static Str copies_good(Running *r, Arena *mem)
{
    Copy     *copies;
    ptrdiff_t n;
    if (backup_list(mem, r->program->backup, &copies, &n) != OK) return S("the folder of copies cannot be read");
    for (ptrdiff_t i = 0; i < n; i++) {
        char *path = str_c(mem, str_fmt(mem, "%s/%.*s", r->program->backup, (int)copies[i].name.n, copies[i].name.s));
        if (!copy_whole(r, mem, path)) return S("a copy is not whole");
    }
    if (half_copy(r->program->backup)) return S("half a copy is left");
    return (Str){ 0 };
}

static Str base_found(Day24 *d, Running *r, Arena *mem, const char *place, int64_t note)
{
    Db     *db;
    DbFault why;
    Str     wrong;
    if (!running_rests(r)) return S("the jobs come to no end");
    if (COMMAND(r, mem, &wrong, S(""), "check") != 0) return wrong;
    if (db_open(r->program->address, DB_READ, &db, &why) != OK) return S("the base cannot be read");
    wrong = never_found(db, mem);
    if (!wrong.n) wrong = promises_kept(d, r, db, mem, place, note);
    if (!wrong.n) wrong = copies_good(r, mem);
    db_close(db);
    return wrong;
}

Str day_found(Day24 *d, Arena *mem, const char *place, int64_t note)
{
    Running r;
    Str     wrong = S("the program does not start");
    if (running_begin(&r, str_fmt(mem, "%s/firm", place)) == OK) wrong = base_found(d, &r, mem, place, note);
    else if (r.call.problems.first) wrong = str_fmt(mem, "the program does not start: %s", r.call.problems.first->key);
    running_end(&r);
    return wrong;
}

/* ---- cutting ---- */

static bool found_at(Day24 *d, const DiskPast *past, int64_t note, uint64_t seed)
{
    Test *t = d->t;
    char  place[DISK_PLACE];
    Arena mem = arena_new(1 << 26);
    disk_place_new(place);
    disk_image(past, seed, place);
    Str wrong = day_found(d, &mem, place, note);
    test_check(t, !wrong.n, __FILE__, __LINE__, "power lost at note %lld of %lld, seed %llu: %.*s", (long long)note,
               (long long)disk_now(), (unsigned long long)seed, (int)wrong.n, wrong.s);
    bool good = !wrong.n;
    disk_place_gone(place);
    arena_drop(&mem);
    return good;
}

void day_cut(Day24 *d, int64_t from, int first, int last, bool each)
{
    enum { ENOUGH = 5 };
    DiskPast *past = disk_past();
    int       bad  = 0;
    for (int64_t note = from; note <= disk_now() && bad < ENOUGH; note++) {
        if (note < disk_now() && !each && !disk_note_syncs(note)) continue;
        disk_past_to(past, note);
        for (int seed = first; seed <= last && bad < ENOUGH; seed++) bad += !found_at(d, past, note, (uint64_t)seed);
    }
    disk_past_free(past);
}
