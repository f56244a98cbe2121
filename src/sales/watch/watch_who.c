/* Whose matter a finding is.  Who does not sign in any more is passed over for a head above him who does; where there
 * is none, it waits for the role of the owner. */
#include "sales/watch/watch_who.h"

#include "entity/ids.h"
#include "sales/watch/watch_sql.h"

enum { UNITS_MOST = 20000, STEPS_MOST = 100 };

typedef struct {
    int64_t above, head; /* 0: none */
} Unit;

typedef struct {
    int64_t unit;
    bool    works;
} Person;

typedef struct {
    Ids     person, unit;
    Person *people;
    Unit   *units;
    int64_t last; /* the role of the owner */
} Firm;

static int64_t id_at(const Rows *rows, int column) { return row_null(rows, column) ? 0 : row_int(rows, column); }

static Str whose_sql(Str entity)
{
    if (str_eq(entity, S("deal"))) return SQL_WATCH_CLIENTS_OF_DEALS;
    if (str_eq(entity, S("request"))) return SQL_WATCH_CLIENTS_OF_REQUESTS;
    return str_eq(entity, S("activity")) ? SQL_WATCH_CLIENTS_OF_ACTIVITIES : SQL_WATCH_CLIENTS;
}

/* The client of each record, and who has it: whom a rule names instead is put in his place afterwards. */
static Err whose_read(Work *w, const Watch *watch, const int64_t *ids, ptrdiff_t n, WatchWho *out)
{
    Ids  place = ids_new(w->mem, n);
    Rows rows;
    for (ptrdiff_t i = 0; i < n; i++) ids_put(&place, ids[i], i);
    TRY(db_query(w->db, whose_sql(watch->entity), VALS(val_ids(ids, n)), &rows));
    while (rows_next(&rows)) {
        ptrdiff_t i = ids_at(&place, row_int(&rows, 0));
        out[i] = (WatchWho){ .client = id_at(&rows, 1), .person = id_at(&rows, 2) };
    }
    return rows_end(&rows);
}

static Err people_read(Work *w, const WatchWho *who, ptrdiff_t n, Firm *firm)
{
    Ids       ids = ids_new(w->mem, n);
    ptrdiff_t all_n;
    Rows      rows;
    for (ptrdiff_t i = 0; i < n; i++)
        if (who[i].person) ids_put(&ids, who[i].person, 0);
    int64_t *all = ids_all(w->mem, &ids, &all_n);
    firm->person = ids_new(w->mem, all_n);
    firm->people = NEW_N(w->mem, Person, all_n);
    if (!all_n) return OK;
    TRY(db_query(w->db, SQL_WATCH_PEOPLE, VALS(val_ids(all, all_n)), &rows));
    while (rows_next(&rows)) {
        firm->people[firm->person.n] = (Person){ id_at(&rows, 1), row_int(&rows, 2) == 1 };
        ids_put(&firm->person, row_int(&rows, 0), firm->person.n);
    }
    return rows_end(&rows);
}

static Err units_read(Work *w, Firm *firm)
{
    Rows rows;
    firm->unit = ids_new(w->mem, UNITS_MOST);
    firm->units = NEW_N(w->mem, Unit, UNITS_MOST);
    TRY(db_query(w->db, SQL_WATCH_UNITS, VALS(val_int(UNITS_MOST)), &rows));
    while (firm->unit.n < UNITS_MOST && rows_next(&rows)) {
        firm->units[firm->unit.n] = (Unit){ id_at(&rows, 1), id_at(&rows, 2) };
        ids_put(&firm->unit, row_int(&rows, 0), firm->unit.n);
    }
    return rows_end(&rows);
}

static int64_t head_above(const Firm *firm, int64_t person)
{
    ptrdiff_t at = ids_at(&firm->person, person);
    int64_t   unit = at < 0 ? 0 : firm->people[at].unit;
    for (int step = 0; unit && step < STEPS_MOST; step++) {
        ptrdiff_t u = ids_at(&firm->unit, unit);
        if (u < 0) return 0;
        if (firm->units[u].head && firm->units[u].head != person) return firm->units[u].head;
        unit = firm->units[u].above;
    }
    return 0;
}

static void who_settle(const Watch *watch, const Firm *firm, WatchWho *who)
{
    ptrdiff_t at = who->person ? ids_at(&firm->person, who->person) : -1;
    bool      works = at >= 0 && firm->people[at].works;
    if (who->person && (watch->performer == WATCH_HEAD || !works)) who->person = head_above(firm, who->person);
    if (!who->person) who->role = firm->last;
}

Err watch_who(Work *w, const Watch *watch, const int64_t *ids, ptrdiff_t n, WatchWho *out)
{
    Firm firm = { 0 };
    for (ptrdiff_t i = 0; i < n; i++) out[i] = (WatchWho){ 0 };
    TRY(whose_read(w, watch, ids, n, out));
    for (ptrdiff_t i = 0; i < n; i++) {
        if (watch->performer == WATCH_PERSON) out[i].person = watch->person_id;
        if (watch->performer == WATCH_ROLE) out[i].person = 0, out[i].role = watch->role_id;
    }
    if (watch->performer == WATCH_ROLE) return OK;
    TRY(people_read(w, out, n, &firm));
    TRY(units_read(w, &firm));
    TRY(db_int(w->db, SQL_WATCH_LAST_ROLE, VALS(val_text(S("role.owner"))), &firm.last));
    for (ptrdiff_t i = 0; i < n; i++) who_settle(watch, &firm, &out[i]);
    return OK;
}
