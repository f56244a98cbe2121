/* A table of roles in memory, each with the edition under which it was read. */
#include "access/rights_kept.h"

#include "access/access_sql.h"
#include "core/bounds.h"
#include "work/work.h"

#include <pthread.h>
#include <string.h>

#define ROLES 64 /* more roles than that are read each time */

/* `mem` holds its name, the words of its rights and then these, and is emptied when it is read again: what stands here
 * never grows, whatever becomes of roles. */
typedef struct {
    int64_t role, edition, view_limit;
    Str     name;
    bool    owner;
    int     count;
    Right  *right;
    Arena   mem;
} Kept;

static const Right *all;
static int          all_count;

void access_rights(const Right *rights, int count)
{
    all       = rights;
    all_count = count;
}

static struct {
    pthread_rwlock_t lock;
    Kept             role[ROLES];
    int              roles;
} kept = { .lock = PTHREAD_RWLOCK_INITIALIZER };

static const char *moved(const char *text, const char *from, const char *to) { return to + (text - from); }

/* A copy of all that was read, each word where it stands in the copy. */
static void copy_out(Work *w, const Kept *role, Actor *actor)
{
    const char *from  = role->mem.floor;
    char       *to    = arena_take_raw(w->mem, role->mem.beg - from, 16, 1);
    Right      *right = (Right *)(void *)(to + ((const char *)role->right - from));
    memcpy(to, from, (size_t)(role->mem.beg - from));
    for (int i = 0; i < role->count; i++) {
        right[i].entity = moved(right[i].entity, from, to);
        right[i].verb   = moved(right[i].verb, from, to);
        right[i].mask   = moved(right[i].mask, from, to);
    }
    actor->rights      = role->owner ? all : right;
    actor->right_count = role->owner ? all_count : role->count;
    actor->role_name   = (Str){ role->name.n ? moved(role->name.s, from, to) : NULL, role->name.n };
}

static bool take(Work *w, Actor *actor, int64_t edition)
{
    for (int i = 0; i < kept.roles; i++) {
        const Kept *role = &kept.role[i];
        if (role->role != actor->role || role->edition != edition) continue;
        copy_out(w, role, actor);
        actor->owner      = role->owner;
        actor->view_limit = role->view_limit;
        return true;
    }
    return false;
}

static Right right_read(Arena *mem, const Rows *row)
{
    return (Right){ .entity = str_c(mem, row_text(row, 0)),
                    .verb = str_c(mem, row_text(row, 1)),
                    .scope = (Scope)row_int(row, 2),
                    .mask = str_c(mem, row_text(row, 3)) };
}

/* How many there are is known when the last one has been read. */
static Err read_rights(Work *w, Arena scratch, Kept *role)
{
    Rows   row;
    int    room = 64;
    Right *read = NEW_RAW(&scratch, Right, room);
    TRY(db_query(w->db, SQL_RIGHTS_OF_ROLE, VALS(val_int(role->role)), &row));
    while (rows_next(&row)) {
        if (role->count == room) {
            Right *wider = NEW_RAW(&scratch, Right, room * 2);
            memcpy(wider, read, sizeof *read * (size_t)room);
            read = wider;
            room *= 2;
        }
        read[role->count++] = right_read(&role->mem, &row);
    }
    role->right = NEW_RAW(&role->mem, Right, role->count);
    memcpy(role->right, read, sizeof *read * (size_t)role->count);
    return rows_end(&row);
}

static Err read_role(Work *w, Kept *role)
{
    Rows row;
    TRY(db_query(w->db, SQL_ROLE_BY_ID, VALS(val_int(role->role)), &row));
    if (rows_next(&row)) {
        role->name       = str_copy(&role->mem, row_text(&row, 0));
        role->view_limit = row_int(&row, 1);
        role->owner      = all_count && str_eq(row_text(&row, 2), S("role.owner"));
    }
    TRY(rows_end(&row));
    Arena scratch = arena_new(BOUND_RIGHTS);
    Err   err     = read_rights(w, scratch, role);
    arena_drop(&scratch);
    return err;
}

static Kept *place_of(int64_t role)
{
    for (int i = 0; i < kept.roles; i++)
        if (kept.role[i].role == role) return &kept.role[i];
    if (kept.roles < ROLES) return &kept.role[kept.roles++];
    return &kept.role[role % ROLES];
}

/* Empty, and nobody's until it has been read. */
static void empty(Kept *role)
{
    Arena mem = role->mem;
    if (!mem.beg) {
        mem = arena_new(BOUND_RIGHTS);
        arena_lasts(&mem);
    }
    arena_reset(&mem, BOUND_RIGHTS_OPEN);
    *role = (Kept){ .edition = -1, .mem = mem };
}

static Err read_anew(Work *w, Actor *actor, int64_t edition)
{
    Kept *role = place_of(actor->role);
    empty(role);
    role->role = actor->role;
    TRY(read_role(w, role));
    role->edition = edition;
    take(w, actor, edition);
    return OK;
}

typedef struct {
    Work   *w;
    Actor  *actor;
    int64_t edition;
    bool    known;
} Reading;

static Err take_known(void *to)
{
    Reading *r = to;
    r->known   = take(r->w, r->actor, r->edition);
    return OK;
}

/* Somebody else may have read them while this one waited for the lock. */
static Err read_unless_known(void *to)
{
    const Reading *r = to;
    return take(r->w, r->actor, r->edition) ? OK : read_anew(r->w, r->actor, r->edition);
}

Err rights_kept(Work *w, Actor *actor, int64_t edition)
{
    Reading r = { w, actor, edition, false };
    pthread_rwlock_rdlock(&kept.lock);
    Err err = guarded(take_known, &r);
    pthread_rwlock_unlock(&kept.lock);
    if (err || r.known) return err;
    pthread_rwlock_wrlock(&kept.lock);
    err = guarded(read_unless_known, &r);
    pthread_rwlock_unlock(&kept.lock);
    return err;
}
