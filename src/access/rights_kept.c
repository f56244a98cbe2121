/* A table of roles in memory, each with the edition under which it was read. */
#include "access/rights_kept.h"

#include "access/access_sql.h"
#include "core/bounds.h"
#include "core/map.h"
#include "work/work.h"

#include <pthread.h>
#include <string.h>

#define ROLES  64  /* more roles than that are read each time */
#define RIGHTS 512 /* of one role                             */

typedef struct {
    int64_t role, edition, view_limit;
    Str     name;
    bool    owner;
    int     count;
    Right  *right;
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
    Arena            mem;
    Map             *words;
    Kept             role[ROLES];
    int              roles;
} kept = { .lock = PTHREAD_RWLOCK_INITIALIZER };

static bool take(Work *w, Actor *actor, int64_t edition)
{
    for (int i = 0; i < kept.roles; i++) {
        const Kept *role = &kept.role[i];
        if (role->role != actor->role || role->edition != edition) continue;
        int    count = role->owner ? all_count : role->count;
        Right *right = NEW_RAW(w->mem, Right, count);
        if (count) memcpy(right, role->owner ? all : role->right, sizeof(Right) * (size_t)count);
        actor->rights      = right;
        actor->right_count = count;
        actor->owner       = role->owner;
        actor->role_name   = role->name;
        actor->view_limit  = role->view_limit;
        return true;
    }
    return false;
}

/* Texts of rights are few and repeat: each is kept once, for ever. */
static Str word(Str text)
{
    int64_t *at = map_at(&kept.words, text, NULL);
    if (at) return str_of((const char *)(intptr_t)*at);
    char *copy = str_c(&kept.mem, text);
    *map_at(&kept.words, (Str){ copy, text.n }, &kept.mem) = (int64_t)(intptr_t)copy;
    return (Str){ copy, text.n };
}

static Err read_rights(Work *w, Kept *role)
{
    Rows row;
    TRY(db_query(w->db, SQL_RIGHTS_OF_ROLE, VALS(val_int(role->role)), &row));
    role->count = 0;
    while (rows_next(&row) && role->count < RIGHTS) {
        Str mask = row_text(&row, 3);
        role->right[role->count++] = (Right){ .entity = word(row_text(&row, 0)).s, .verb = word(row_text(&row, 1)).s,
                                              .scope = (Scope)row_int(&row, 2), .mask = mask.s ? word(mask).s : "" };
    }
    return rows_end(&row);
}

static Err read_role(Work *w, Kept *role)
{
    Rows row;
    TRY(db_query(w->db, SQL_ROLE_BY_ID, VALS(val_int(role->role)), &row));
    if (rows_next(&row)) {
        role->name       = word(row_text(&row, 0));
        role->view_limit = row_int(&row, 1);
        role->owner      = all_count && str_eq(row_text(&row, 2), S("role.owner"));
    }
    TRY(rows_end(&row));
    return read_rights(w, role);
}

static Kept *place_of(int64_t role)
{
    for (int i = 0; i < kept.roles; i++)
        if (kept.role[i].role == role) return &kept.role[i];
    if (kept.roles < ROLES) return &kept.role[kept.roles++];
    return &kept.role[role % ROLES];
}

static Err read_anew(Work *w, Actor *actor, int64_t edition)
{
    if (!kept.mem.beg) kept.mem = arena_new(BOUND_RIGHTS);
    arena_lasts(&kept.mem);
    Kept *role = place_of(actor->role);
    if (!role->right) role->right = NEW_RAW(&kept.mem, Right, RIGHTS);
    role->role    = actor->role;
    role->edition = -1;
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
