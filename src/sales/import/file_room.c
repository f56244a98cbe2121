/* The room for files: its rule, what is kept, and how what is old goes. */
#include "sales/import/file_room.h"

#include "entity/reach.h"
#include "sales/import/file_room_sql.h"
#include "sales/import/import.h"

enum { PARTS_AT_ONCE = 16, PROBLEMS_AT_ONCE = 2000, DAY_MS = 86400000, MB = 1000000 };

Err file_room(Work *w, FileRoom *out)
{
    Rows row;
    *out = (FileRoom){ 0 };
    TRY(db_query(w->db, SQL_FILE_ROOM, VALS(val_int(w->actor)), &row));
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

/* ---- going ---- */

Err file_forget(Work *w, int64_t id, bool *gone)
{
    int64_t n;
    *gone = false;
    TRY(db_run(w->db, SQL_FILE_PARTS_FORGET, VALS(val_int(id), val_int(PARTS_AT_ONCE)), &n));
    if (n == PARTS_AT_ONCE) return OK;
    TRY(db_run(w->db, SQL_FILE_PROBLEMS_FORGET,
               VALS(val_int(id), val_int(IMPORT_LEFT_PLACE), val_int(PROBLEMS_AT_ONCE)), &n));
    if (n == PROBLEMS_AT_ONCE) return OK;
    *gone = true;
    return db_run(w->db, SQL_FILE_FORGET, VALS(val_int(id)), NULL);
}

typedef struct {
    int64_t id;
    bool    gone;
} Forgetting;

static Err forget_write(Work *w, void *to)
{
    Forgetting *f = to;
    return file_forget(w, f->id, &f->gone);
}

Err file_forget_all(Work *w, int64_t id)
{
    Forgetting f = { .id = id };
    while (!f.gone) TRY(work_write(w, forget_write, &f));
    return OK;
}

Err files_mark(Work *w)
{
    FileRoom room;
    TRY(file_room(w, &room));
    TRY(db_run(w->db, SQL_FILE_OVER_AGAIN, VALS(val_int(w->now)), NULL));
    return db_run(w->db, SQL_FILE_OVER_MARK,
                  VALS(val_int(w->now - room.days * DAY_MS), val_int(w->now - DAY_MS), val_int(w->now)), NULL);
}

Err files_over(Work *w, void *id)
{
    *(int64_t *)id = 0;
    Err err = db_int(w->db, SQL_FILE_OVER, VALS(val_int(w->now - DAY_MS)), id);
    return err == NOT_FOUND ? OK : err;
}

Err files_clear(Work *w, void *id)
{
    bool gone;
    return file_forget(w, *(const int64_t *)id, &gone);
}

/* ---- the addresses ---- */

static void put(JsonOut *j, const char *key, int64_t n)
{
    js_key(j, key);
    js_i64(j, n);
}

static Err room_put(Request *r)
{
    FileRoom room;
    TRY(file_room(r->w, &room));
    js_object(&r->out);
    put(&r->out, "days", room.days);
    put(&r->out, "person_mb", room.person_mb);
    put(&r->out, "firm_mb", room.firm_mb);
    put(&r->out, "person", room.person);
    put(&r->out, "firm", room.firm);
    put(&r->out, "leaving", room.leaving);
    js_end(&r->out);
    return OK;
}

static Err rule_change(Request *r)
{
    FileRoom room;
    TRY(file_room(r->w, &room));
    TRY(body_i64_maybe(r, "days", 1, FILE_DAYS_MOST, &room.days));
    TRY(body_i64_maybe(r, "person_mb", 1, FILE_MB_MOST, &room.person_mb));
    TRY(body_i64_maybe(r, "firm_mb", 1, FILE_MB_MOST, &room.firm_mb));
    TRY(db_run(r->w->db, SQL_FILE_RULE_PUT, VALS(val_int(room.days), val_int(room.person_mb), val_int(room.firm_mb)),
               NULL));
    return room_put(r);
}

/* Whoever sent it, or may change the import: another import that runs with the file keeps it. */
static Err import_file_drop(Request *r)
{
    Work   *w = r->w;
    int64_t file, in_use;
    TRY(reach_need(w, &import_entity, "change", r->id));
    Err err = db_int(w->db, SQL_IMPORT_FILE, VALS(val_int(r->id)), &file);
    if (err) return err == NOT_FOUND ? fail(w, NOT_FOUND, "file", "import.no_such_file") : err;
    TRY(db_int(w->db, SQL_FILE_IN_USE, VALS(val_int(file)), &in_use));
    if (in_use) return fail(w, CONFLICT, "file", "import.file_in_use");
    return file_forget_all(w, file);
}

const Route file_room_routes[] = {
    { .method = GET,
      .path = "/api/import/room",
      .run = room_put,
      .needs = { "import", "view" },
      .gives = "days: int, person_mb: int, firm_mb: int, person: int, firm: int, leaving: int",
      .says = "route.import.room" },
    { .method = PATCH,
      .path = "/api/import/room",
      .run = rule_change,
      .needs = { "firm", "change" },
      .writes = true,
      .body = BODY_JSON,
      .takes = "days: int?, person_mb: int?, firm_mb: int?",
      .gives = "days: int, person_mb: int, firm_mb: int, person: int, firm: int, leaving: int",
      .says = "route.import.room_change" },
    { .method = DELETE,
      .path = "/api/import/{id}/file",
      .run = import_file_drop,
      .needs = { "import", "change" },
      .writes = true,
      .slow = true,
      .says = "route.import.file_drop" },
    { 0 },
};
