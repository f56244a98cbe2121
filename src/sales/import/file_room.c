/* The files of imports in the room for files, and the addresses of that room. */
#include "sales/import/file_room.h"

#include "entity/reach.h"
#include "sales/import/file_room_sql.h"
#include "sales/import/import.h"

enum { PROBLEMS_AT_ONCE = 2000 };

static Err problems_forget(Work *w, int64_t file, bool *gone)
{
    int64_t n;
    TRY(db_run(w->db, SQL_FILE_PROBLEMS_FORGET,
               VALS(val_int(file), val_int(IMPORT_LEFT_PLACE), val_int(PROBLEMS_AT_ONCE)), &n));
    *gone = n < PROBLEMS_AT_ONCE;
    return OK;
}

const FileUse import_file_use = {
    .served = "exists (select 1 from import_plan p where p.file_id = f.id)",
    .busy = "exists (select 1 from import_plan p join import i on i.id = p.import_id where p.file_id = f.id"
            " and i.state in (1, 2, 6))",
    .forget = problems_forget,
};

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
    TRY(file_rule_put(r->w, &room));
    return room_put(r);
}

/* Whoever sent it, or may change the import: another import that runs with the file keeps it. */
static Err import_file_drop(Request *r)
{
    Work   *w = r->w;
    int64_t file, in_use;
    bool    kept;
    TRY(reach_need(w, &import_entity, "change", r->id));
    Err err = db_int(w->db, SQL_IMPORT_FILE, VALS(val_int(r->id)), &file);
    if (err) return err == NOT_FOUND ? fail(w, NOT_FOUND, "file", "import.no_such_file") : err;
    TRY(db_int(w->db, SQL_FILE_IN_USE, VALS(val_int(file)), &in_use));
    if (in_use) return fail(w, CONFLICT, "file", "import.file_in_use");
    TRY(file_is_kept(w, file, &kept));
    if (kept) return fail(w, CONFLICT, "file", "import.file_hangs");
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
