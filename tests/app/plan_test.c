/* How statements are carried out on a base that is filled: what is asked while somebody waits reads no large table from
 * end to end.  EXPLAIN of both databases is the judge; their cost is not. */
#include "access/access.h"
#include "app/program.h"
#include "entity/list.h"
#include "entity/seed.h"
#include "store/statements.h"
#include "tests/app/parameters.h"
#include "tests/app/plan_filters.h"
#include "tests/store/base.h"

#include <stdlib.h>
#include <string.h>

/* Tables that grow with the firm. */
static const char *const large[] = {
    "client",        "client_phone", "client_person", "client_address", "client_class",  "person",
    "person_phone",  "product",      "sale",          "sale_line",      "client_bought", "change",
    "import_line",   "file",         "file_body",     "file_part",      "attachment",    "share",
    "mass_edit_row", "uses",         "given",         "saved_view",     "absence",       "activity",
    "participant",   "client_contact", "deal",         "deal_line",      "need",          "deal_day",
    "request",       "run",          "passage",
    NULL
};

typedef struct {
    const char *name, *because;
} Apart;

/* Statements that read a whole table, and why they may. */
static const Apart apart[] = {
    { "sale_facts_all", "the facts are read at the start of a server, in a thread of their own" },
    { "sale_facts_sums", "the same, where the base was changed from outside" },
    { "insight_everybody", "an analysis, in the slow lane" },
    { "insight_visible", "an analysis, in the slow lane" },
    { "insight_sold_to", "whose sales somebody sees who does not see all: an answer from the facts about all of them" },
    { "classes_kept", "the round of the night" },
    { "classes_bought", "the round of the night" },
    { "example_clients_told", "what taking out the example would take, in the slow lane" },
    { "example_sales_told", "the same" },
    { "example_there", "asked when the example is taken out, once in the life of a firm" },
    { "example_client", "asked before the example is put in: ends at the first client who is none of it" },
    { "import_used_channels", "an undo of an import that made channels, of which there are few: a job" },
    { "file_room", "what the firm keeps is a sum over its contents, a row each without the bytes: twice a file sent" },
    { "given_over", "the round of the night" },
    { "shares_forget", "the round of the night" },
    { NULL, NULL },
};

/* ---- a base that is filled ---- */

/* Rows enough that an index is worth its while: clients with five sales, sales with two lines. */
static const char *const filling[] = {
    "insert into role (id, version, created_at, changed_at, name) select n, 1, 0, 0, 'r' from N1",
    "insert into users (id, version, created_at, changed_at, name, login, role_id, blocked) select n, 1, 0, 0, 'u' ||"
    " n, 'u' || n, 1, 0 from N50",
    "insert into client (id, version, created_at, changed_at, name, name_sort, name_find, kind, state, keeper_id,"
    " parent_id, city, inn_wrong, find) select n + 1000, 1, n, n, 'c' || n, 'c' || n, 'c' || n, 1, 2, n % 50, case when"
    " n % 10 = 0 then 1001 end, 'city' || n % 40, 0, 'c' || n from N4000",
    "insert into client_phone (id, client_id, number, digits) select n + 10000, n + 1000, '1', '1' from N4000",
    "insert into client_address (id, client_id, kind, text) select n + 15000, n + 1000, 1, '1' from N4000",
    "insert into person (id, version, created_at, changed_at, name, name_sort, name_find, find) select n + 20000, 1, 0,"
    " 0, 'p' || n, 'p' || n, 'p' || n, 'p' || n from N4000",
    "insert into person_phone (id, person_id, number) select n + 25000, n + 20000, '1' from N4000",
    "insert into client_person (id, client_id, person_id, role) select n + 30000, n + 1000, n + 20000, n % 4 + 1 from"
    " N4000",
    "insert into product (id, version, created_at, changed_at, name, name_sort, name_find, group_id, find) select"
    " n + 40000, 1, 0, 0, 'g' || n, 'g' || n, 'g' || n, n % 20, 'g' || n from N4000",
    "insert into sale (id, version, created_at, changed_at, number, number_sort, number_find, day, client_id,"
    " seller_id, kind, total, find) select n + 100000, 1, n, n, 's' || n, 's' || n, 's' || n, 20000 + n % 900, 1000"
    " + n % 4000, n % 50, 1, n, 's' || n from N20000",
    "insert into sale_line (id, sale_id, product_id, qty, amount, cost) select n + 200000, 100000 + n % 20000,"
    " 40000 + n % 4000, 1000, n, n from N40000",
    "insert into client_class (client_id, kind, value, since, place) select n + 1000, 'abc', 'A', 1, 1 from N4000",
    "insert into import_line (key, import_id, sale_id, line_id) select 'k' || n, 1, n + 100000, n + 200000 from N20000",
    "insert into client_bought (client_id, purchases) select n + 1000, 3 from N4000",
    "insert into file_body (id, size, made_at, state, type, hash) select n + 300000, n, n, 2, 'image/png', 'h' || n"
    " from N4000",
    "insert into file (id, body_id, name, size, made_at, made_by) select n + 310000, n + 300000, 'f' || n, n, n, n % 50"
    " from N4000",
    "insert into attachment (id, version, created_at, changed_at, about_of, about_id, file_id, name, name_sort,"
    " name_find, find) select n + 320000, 1, n, n, 'client', n + 1000, n + 310000, 'f' || n, 'f' || n, 'f' || n, 'f' ||"
    " n from N4000",
    "insert into share (id, hash, about_id, made_at, made_by, until) select n + 330000, 'h' || n, n + 320000, n, 1, n"
    " from N4000",
    "insert into mass_edit_row (mass_id, record_id, fate) select n % 20, n + 1000, 1 from N4000",
    "insert into uses (of_id, what, entity, name, to_id) select n % 400 + 340000, 'view.filter', 'e' || n % 40, 'f' ||"
    " n % 400, n + 1000 from N4000",
    "insert into given (user_id, entity, record_id, cause_id, until, level, given_at) select n % 50, 'client',"
    " n + 1000, n + 400000, n, 1, n from N4000",
    "insert into saved_view (id, version, created_at, changed_at, name, name_sort, name_find, entity, shared, owner_id)"
    " select n + 340000, 1, n, n, 'v' || n, 'v' || n, 'v' || n, 'e' || n % 40, n % 4 + 1, n % 50 from N4000",
    "insert into activity_kind (id, version, created_at, changed_at, name, channel, asks) select n + 360000, 1, 0, 0,"
    " 'k' || n, n, 1 from N7",
    "insert into activity (id, version, created_at, created_by, changed_at, kind_id, subject, subject_find, find,"
    " client_id, client_keeper, person_id, performer_id, queue_id, due_at, due_day, state, done_at, done_day, at,"
    " about_of, about_id, about_keeper, next_id, cause_of, cause_id)"
    " select n + 400000, 1, n, n % 50, n, 360000 + n % 7, 'a' || n, 'a' || n, 'a' || n, 1000 + n % 4000, n % 50,"
    " case when n % 3 = 0 then 20000 + n % 4000 end, n % 50, null, n * 100000, n / 900, case when n > 19000 then 1"
    " else 2 end, case when n <= 19000 then n * 100000 end, case when n <= 19000 then n / 900 end, n * 100000,"
    " case when n % 5 = 0 then 'client' end, case when n % 5 = 0 then 1000 + n % 4000 end, case when n % 5 = 0 then"
    " n % 50 end, n + 400001, case when n % 9 = 0 then 'sale' end, case when n % 9 = 0 then 100000 + n end from N20000",
    "insert into participant (id, activity_id, who_of, who_id) select n + 500000, 400000 + n % 20000, 'person',"
    " 20000 + n % 4000 from N20000",
    "insert into client_contact (client_id, last_at, last_id, next_at, next_id) select n + 1000, n, n + 400000, case"
    " when n % 4 > 0 then n end, case when n % 4 > 0 then n + 410000 end from N4000",
    "insert into absence (id, version, created_at, changed_at, user_id, from_day, until_day, why) select n + 350000, 1,"
    " n, n, n % 50, 19000 + n, 19007 + n, 1 from N4000",
    "insert into process (id, version, created_at, changed_at, name, subject, place) select n + 400, 1, 0, 0, 'w' || n,"
    " 'deal', n from N2",
    "insert into stage (id, version, created_at, changed_at, process_id, name, place, kind, lead) select n + 410, 1, 0,"
    " 0, 401, 's' || n, n, 1, 0 from N8",
    "insert into deal (id, version, created_at, changed_at, number, name, name_sort, client_id, stage_id, state,"
    " direction, amount, keeper_id, expected_on, stage_since, opened_on, closed_on, to_pay, find) select n + 500000, 1,"
    " n, n, n, 'd' || n, 'd' || n, n % 4000 + 1000, 410 + n % 8, case when n % 10 = 0 then 1 else 2 end, 1, n, n % 50,"
    " 20000 + n % 900, 20000 + n % 900, 20000 + n % 900, 20000 + n % 900, case when n % 20 = 0 then n end, 'd' || n"
    " from N20000",
    "insert into deal_line (id, deal_id, product_id) select n + 600000, 500000 + n % 20000, 40000 + n % 4000 from"
    " N20000",
    "insert into deal_day (deal_id, day, stage_id, state) select n + 500000, 20000, 411, 1 from N20000",
    "insert into run (id, about_of, about_id, process_id, version_id, begun_at) select n + 800000, 'deal', n + 500000,"
    " 401, 420, n from N20000",
    "insert into passage (run_id, step, about_id, state, due_at, deviation) select n + 800000, 'call', n + 500000,"
    " case when n % 10 = 0 then 1 else 2 end, n * 100000, 0 from N20000",
    "insert into need (id, version, created_at, changed_at, client_id, product_id, term) select n + 700000, 1, n, n,"
    " n % 4000 + 1000, n % 4000 + 40000, 20000 + n % 900 from N20000",
    "insert into request_kind (id, version, created_at, changed_at, name, name_find, side, queue_id, term) select n +"
    " 420, 1, 0, 0, 'q' || n, 'q' || n, 1 + n % 2, 1, '4 wh' from N8",
    "insert into request (id, version, created_at, changed_at, kind_id, subject, what, client_id, client_keeper,"
    " deal_id, state, performer_id, queue_id, author_id, asked_at, due_at, answered_at, returned, level, escalated_id,"
    " escalate_at, find) select n + 720000, 1, n, n, 420 + n % 8, 'q' || n, 'q' || n, n % 4000 + 1000, n % 50, case"
    " when n % 3 = 0 then 500000 + n % 20000 end, case when n > 19000 then 1 + n % 3 else 4 end, case when n % 3 > 0"
    " then n % 50 end, 1, n % 50, n * 100000, n * 100000 + 5000, case when n % 3 > 1 then n * 100000 end, 0, 0, case"
    " when n % 90 = 0 then n % 50 end, case when n > 19000 then n * 100000 + 5000 end, 'q' || n from N20000",
};

static Str series(Test *t, DbEngine engine, Str n)
{
    const char *form = engine == DB_SQLITE
                           ? "(with recursive k (n) as (select 1 union all select n + 1 from k where n < %.*s) select n"
                             " from k) numbers"
                           : "(select n::bigint from generate_series(1, %.*s) n) numbers";
    return str_fmt(&t->mem, form, (int)n.n, n.s);
}

static void fill(Test *t, Base *base)
{
    for (int i = 0; i < COUNT(filling); i++) {
        Str       sql = str_of(filling[i]);
        ptrdiff_t at = str_find(sql, S(" from N"));
        Buf       out = buf_new(&t->mem, 2000);
        buf_put(&out, str_upto(sql, at));
        buf_c(&out, " from ");
        buf_put(&out, series(t, base->engine, str_from(sql, at + 7)));
        if (db_run(base->db, buf_str(&out), NO_VALS, NULL) != OK)
            test_check(t, false, __FILE__, __LINE__, "%s: %s", filling[i], db_engine_words(base->db));
    }
    if (base->engine == DB_POSTGRES) EQUAL(db_run(base->db, S("analyze"), NO_VALS, NULL), OK);
}

/* ---- plans ---- */

typedef struct {
    Str  lines;
    bool asked;
} Plan;

static Plan explained(Test *t, Base *base, Str sql, const Val *vals, int n)
{
    Plan out = { 0 };
    Buf  text = buf_new(&t->mem, 4000);
    Str  said = str_fmt(&t->mem, "%s %.*s", base->engine == DB_SQLITE ? "explain query plan" : "explain", (int)sql.n,
                        sql.s);
    Rows rows;
    if (db_query(base->db, said, vals, n, &rows) != OK) return out;
    while (rows_next(&rows)) {
        buf_put(&text, row_text(&rows, base->engine == DB_SQLITE ? 3 : 0));
        buf_char(&text, '\n');
    }
    out.asked = rows_end(&rows) == OK;
    out.lines = buf_str(&text);
    return out;
}

static bool is_large(Str table)
{
    for (int i = 0; large[i]; i++)
        if (str_eq(table, str_of(large[i]))) return true;
    return false;
}

static bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; }

static Str word_next(Str *rest)
{
    while (rest->n && !is_word(rest->s[0])) *rest = str_from(*rest, 1);
    ptrdiff_t n = 0;
    while (n < rest->n && is_word(rest->s[n])) n++;
    Str word = str_upto(*rest, n);
    *rest = str_from(*rest, n);
    return word;
}

/* SQLite says the alias: which large table bears it in this statement? */
static bool is_alias_of_large(Str sql, Str alias)
{
    Str before = { 0 };
    if (is_large(alias)) return true;
    while (sql.n) {
        Str word = word_next(&sql);
        if (str_eq(word, S("as"))) continue;
        if (str_eq(word, alias) && is_large(before)) return true;
        before = word;
    }
    return false;
}

/* What stands in no parentheses. */
static Str outermost(Arena *mem, Str sql)
{
    Buf out   = buf_new(mem, sql.n + 1);
    int depth = 0;
    for (ptrdiff_t i = 0; i < sql.n; i++) {
        if (sql.s[i] == ')') depth--;
        if (!depth) buf_char(&out, sql.s[i]);
        if (sql.s[i] == '(') depth++;
    }
    return buf_str(&out);
}

/* Is that alias the first that the statement itself reads, and has it a limit?  One within is not shortened by that. */
static bool is_limited(Arena *mem, Str sql, Str alias)
{
    Str       out = outermost(mem, sql);
    ptrdiff_t from = str_find(out, S("from "));
    if (from < 0 || str_find(out, S("limit ")) < 0) return false;
    out = str_from(out, from + 5);
    word_next(&out);
    return str_eq(word_next(&out), alias);
}

/* What this line of a plan reads from end to end; in the order of an index up to a limit is not that. */
static Str scanned(Arena *mem, Str line, Str sql, DbEngine engine)
{
    bool      lite = engine == DB_SQLITE;
    Str       head = lite ? S("SCAN ") : S("Seq Scan on ");
    ptrdiff_t at = str_find(line, head);
    if (at < 0) return S("");
    Str rest = str_from(line, at + head.n), name = str_cut(&rest, ' ');
    if (lite && str_starts(rest, S("USING ")) && is_limited(mem, sql, name)) return S("");
    return lite ? (is_alias_of_large(sql, name) ? name : S("")) : is_large(name) ? name : S("");
}

static Str whole_table(Arena *mem, const Plan *plan, Str sql, DbEngine engine)
{
    Str rest = plan->lines;
    while (rest.n) {
        Str name = scanned(mem, str_cut(&rest, '\n'), sql, engine);
        if (name.n) return name;
    }
    return S("");
}

/* ---- named statements ---- */

/* A number where one value is wanted, a few where a list is. */
static const Val *values_for(Test *t, Str sql, int n)
{
    static const int64_t ids[] = { 1001, 1002, 1003 };
    static const Str     texts[] = { S("c1"), S("c2") };
    Val                 *vals = NEW_N(&t->mem, Val, n + 1);
    for (int i = 0; i < n; i++) {
        bool id = str_find(sql, str_fmt(&t->mem, "{ids $%d}", i + 1)) >= 0;
        bool text = str_find(sql, str_fmt(&t->mem, "{texts $%d}", i + 1)) >= 0;
        vals[i] = id ? val_ids(ids, COUNT(ids)) : text ? val_texts(texts, COUNT(texts)) : val_int(50);
    }
    return vals;
}

static bool is_asked(Str sql)
{
    Str verb = word_next(&sql);
    return str_eq(verb, S("select")) || str_eq(verb, S("with")) || str_eq(verb, S("update")) ||
           str_eq(verb, S("delete"));
}

static bool stands_apart(bool *used, const char *name)
{
    for (int i = 0; apart[i].name; i++)
        if (strcmp(apart[i].name, name) == 0) return used[i] = true;
    return false;
}

static int right_cmp(const void *a, const void *b)
{
    return strcmp(((const Right *)a)->entity, ((const Right *)b)->entity);
}

/* Somebody whose reach is a condition of its own in every statement: a head with a team, a seller with rows of his. */
static const Actor *reader(Test *t, Scope scope)
{
    Actor *actor = NEW(&t->mem, Actor);
    Right *right = NEW_N(&t->mem, Right, entity_count() + 1);
    *actor = (Actor){ .user = 1, .rights = right };
    for (ptrdiff_t i = 0; entity_at(i); i++)
        right[actor->right_count++] = (Right){ entity_at(i)->name, "view", scope, "" };
    right[actor->right_count++] = (Right){ "analysis", "view", scope, "" };
    qsort(right, (size_t)actor->right_count, sizeof *right, right_cmp);
    return actor;
}

static void statement_look(Test *t, Base *base, const Statement *s, const Actor *who, bool *used)
{
    ScopeValues values = { 0 };
    Str         sql = scope_expand(&t->mem, s->sql, who, parameters(s->sql) + 1, &values);
    if (!is_asked(sql)) return;
    int  n = parameters(sql);
    Plan plan = explained(t, base, sql, values_for(t, sql, n), n);
    Str  whole = whole_table(&t->mem, &plan, sql, base->engine);
    if (!plan.asked) test_check(t, false, __FILE__, __LINE__, "%s: %s", s->name, db_engine_words(base->db));
    else if (whole.n)
        test_check(t, stands_apart(used, s->name), __FILE__, __LINE__, "%s %s reads the whole of %.*s:\n%.*s", s->file,
                   s->name, (int)whole.n, whole.s, (int)plan.lines.n, plan.lines.s);
    else t->checks++;
}

/* The column of an owner by whose index a step of the plan finds its rows. */
static const char *found_by_owner(Arena *mem, Str plan)
{
    for (ptrdiff_t i = 0; entity_at(i); i++)
        for (const OwnerWay *way = entity_at(i)->owners; way->ref; way++) {
            const char *column = way->kept ? way->kept : way->ref;
            if (str_find(plan, str_fmt(mem, "(%s=?", column)) >= 0) return column;
        }
    return NULL;
}

/* The records or texts of a list are few; what one owner has may be much. */
static bool looks_up(Str sql) { return str_find(sql, S(" in {ids $")) >= 0 || str_find(sql, S(" in {texts $")) >= 0; }

/* What the statement is asked by may be an owner of its rows: deals of a page of clients. */
static bool asked_by(Arena *mem, Str sql, const char *column)
{
    return column && str_find(sql, str_fmt(mem, ".%s in {ids $", column)) >= 0;
}

static void lookup_look(Test *t, Base *base, const Statement *s, const Actor *who)
{
    ScopeValues values = { 0 };
    if (!is_asked(s->sql) || !looks_up(s->sql)) return;
    Str         sql = scope_expand(&t->mem, s->sql, who, parameters(s->sql) + 1, &values);
    int         n = parameters(sql);
    Plan        plan = explained(t, base, sql, values_for(t, sql, n), n);
    const char *column = found_by_owner(&t->mem, plan.lines);
    if (asked_by(&t->mem, s->sql, column)) column = NULL;
    test_check(t, plan.asked && (!values.count || !column), __FILE__, __LINE__, "%s goes by %s:\n%.*s", s->name,
               column ? column : "", (int)plan.lines.n, plan.lines.s);
}

/* ---- filters ---- */

static Str quoted(Arena *mem, const char *text)
{
    Str s = str_copy(mem, str_of(text));
    for (ptrdiff_t i = 0; i < s.n; i++)
        if (s.s[i] == '\'') ((char *)s.s)[i] = '"';
    return s;
}

static void order_put(Buf *sql, const Entity *e, Str sort)
{
    bool         down = str_starts(sort, S("-"));
    const char  *name = str_c(sql->mem, down ? str_from(sort, 1) : sort);
    const char  *way = down ? " desc" : "";
    const Field *field = field_of(e, name);
    buf_fmt(sql, " order by t.%s%s%s, t.id%s limit 51", name, field && field->type == TYPE_text ? "_sort" : "", way,
            way);
}

/* The page of a list of somebody who sees all: what reach costs is the matter of entity/reach. */
static void filter_look(Test *t, Base *base, const char *says, const Entity *e, const Json *filter, Str sort)
{
    Work  w = { .who = &actor_program,
                .actor = 1,
                .mem = &t->mem,
                .scratch = t->scratch,
                .db = base->db,
                .zone = zone_utc(),
                .today = 20600,
                .now = INT64_C(20600) * 86400000 };
    Binds binds = { 0 };
    Buf   sql = buf_new(&t->mem, 4000);
    Ask   ask = { .filter = filter };
    w.problems.mem = &t->mem;
    buf_fmt(&sql, "select t.id from %s t where ", entity_table(e));
    test_check(t, list_where(&w, &t->mem, e, &ask, "t", &sql, &binds) == OK, __FILE__, __LINE__, "%s: %s", says,
               w.problems.first ? w.problems.first->key : "");
    order_put(&sql, e, sort);
    Plan plan = explained(t, base, buf_str(&sql), binds.at, binds.n);
    Str  whole = whole_table(&t->mem, &plan, buf_str(&sql), base->engine);
    test_check(t, plan.asked && !whole.n, __FILE__, __LINE__, "%s: the whole of %.*s %s\n%.*s", says, (int)whole.n,
               whole.s, plan.asked ? "" : db_engine_words(base->db), (int)plan.lines.n, plan.lines.s);
}

static void kept_look(Test *t, Base *base, const PlanFilter *p)
{
    const Json *filter;
    Problems    none = { 0 };
    EQUAL(json_read(&t->mem, quoted(&t->mem, p->filter), (JsonLimits){ 0 }, &none, &filter), OK);
    filter_look(t, base, p->says, entity_named(str_of(p->entity)), filter,
                strcmp(p->entity, "sale") == 0 ? S("-day") : S("name"));
}

/* The lists that come with the program. */
static int seeds_look(Test *t, Base *base)
{
    int n = 0;
    for (const SeedFile *file = seed_files; file->name; file++) {
        const Json *all, *views;
        Problems    none = { 0 };
        EQUAL(json_read(&t->mem, file->text, (JsonLimits){ 0 }, &none, &all), OK);
        views = json_get(all, "view");
        for (const Json *at = views ? views->first : NULL; at; at = at->next) {
            Str entity, key, sort = { 0 };
            if (!json_get_text(at, "entity", &entity) || !json_get_text(at, "key", &key)) continue;
            json_get_text(at, "sort", &sort);
            const Entity *e = entity_named(entity);
            filter_look(t, base, str_c(&t->mem, key), e, json_get(at, "filter"),
                        sort.n ? sort : str_of(e->order ? e->order : "-id"));
            n++;
        }
    }
    return n;
}

TESTS(test_plan)
{
    CASE("no statement reads a large table from end to end, or it stands apart with its reason")
    {
        bool used[COUNT(apart)] = { 0 };
        ON_BOTH(base)
        {
            base_migrate(&base, t);
            entities_set(all_entities);
            fill(t, &base);
            const Actor *who = reader(t, SCOPE_TEAM);
            for (const Statement *s = statements; s->name; s++) statement_look(t, &base, s, who, used);
        }
        for (int i = 0; apart[i].name; i++)
            test_check(t, used[i], __FILE__, __LINE__, "%s stands apart for nothing", apart[i].name);
    }
    CASE("who looks a few records up is not led through all that one owner has")
    {
        ON_BOTH(base)
        {
            if (base.engine == DB_POSTGRES) continue; /* it counts how many rows of a kind there are */
            base_migrate(&base, t);
            entities_set(all_entities);
            fill(t, &base);
            const Actor *who = reader(t, SCOPE_OWN);
            for (const Statement *s = statements; s->name; s++) lookup_look(t, &base, s, who);
        }
    }
    CASE("a limit excuses the list that is gone through in the order of an index, and nothing within its condition")
    {
        Str list = S("select t.id from client t where exists (select 1 from sale s where s.client_id + 0 = t.id) order"
                     " by t.name_sort, t.id limit 51");
        Str within = S("select t.id from client t where t.id in (select s.client_id from sale s order by s.day limit"
                       " 5)");
        STR(scanned(&t->mem, S("SCAN t USING INDEX client_name"), list, DB_SQLITE), S(""));
        STR(scanned(&t->mem, S("SCAN t"), list, DB_SQLITE), S("t"));
        STR(scanned(&t->mem, S("SCAN s USING COVERING INDEX sale_client"), list, DB_SQLITE), S("s"));
        STR(scanned(&t->mem, S("SCAN t USING INDEX client_name"), within, DB_SQLITE), S("t"));
    }
    CASE("filters as a firm keeps them find what they look for by an index, but for the list that is gone through")
    {
        ON_BOTH(base)
        {
            base_migrate(&base, t);
            entities_set(all_entities);
            fill(t, &base);
            if (base.engine == DB_POSTGRES) EQUAL(db_run(base.db, S("set enable_seqscan = off"), NO_VALS, NULL), OK);
            for (int i = 0; i < COUNT(plan_filters); i++) kept_look(t, &base, &plan_filters[i]);
            CHECK(seeds_look(t, &base) >= 8);
        }
    }
}
