/* Standing claims about whose rows a statement reads: what belongs to somebody is read within the reader's reach, or
 * stands below with its reason. */
#include "access/access.h"
#include "app/program.h"
#include "entity/owners.h"
#include "entity/reach.h"
#include "store/statements.h"
#include "tests/app/parameters.h"
#include "tests/claims.h"
#include "tests/store/base.h"
#include "work/work.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    const char *file, *statement; /* statement null: the whole file */
    const char *why;
    const char *proof;            /* the claim that shows that it is so: claims.h */
} Exception;

#define SESSIONS "access/a_new_password_ends_other_sessions.http"
#define HANDED "access/sys_06_all_that_a_person_holds_goes_to_another_when_he_leaves.http"
#define ABSENT "access/sys_06_an_absence_gives_back_what_is_still_held.http"
#define LED        "process/prc_02_steps_are_gone_in_their_order_or_with_a_reason.http"
#define FIRST_DEAL "deals/asc_17_the_first_deal_of_a_client_is_primary_and_the_next_repeat.http"
#define OWN_SCOPE "access/a_person_sees_and_changes_only_what_his_scope_allows.http"
#define IN_SIGHT "insight/an_analysis_counts_clients_in_sight.http"
#define WATCHED "watch/a_client_without_a_next_contact_is_found_once_and_its_finding_ends_with_the_contact.http"
#define IMPORTS "exchange/imports_are_seen_within_ones_scope.http"
#define RUNS "sales of an import that still runs are not seen, whether it began before the load or after, " \
    "and all are when it is done"
#define NEWS_HANG "files/news_of_a_file_go_to_who_sees_what_it_hangs_on.http"
#define TAKEN_BACK "exchange/an_import_is_taken_back_within_its_own.http"

static const Exception statements_apart[] = {
    { "access.sql", NULL, "finds the actor himself, his sessions and his team", SESSIONS },
    { "people.sql", NULL, "counts administrators and people, shows nobody",
      "access/the_last_administrator_stays.http" },
    { "user.sql", NULL, "the command `sbyt user`: whoever has the data directory has everything",
      "server/commands: everybody is listed" },
    { "classes.sql", NULL, "the count of the whole base, by the program itself",
      "insight/a_list_shows_classes_of_clients_in_sight.http" },
    { "activities.sql", NULL, "what the rule asks before a save and what is counted after it, shown to nobody",
      "activities/cdb_12_a_contact_has_a_person_and_an_aim.http" },
    { "sale_facts.sql", NULL,
      "facts hold the whole base; a question to them counts nobody beyond its reach, the clients of insight_visible",
      IN_SIGHT },
    { "example_drop.sql", NULL, "takes out what the program put in, whoever keeps it; people are told what they see",
      "exchange/the_example_goes_and_what_people_made_of_their_own_stays.http" },
    { "example_load.sql", NULL, "fills a firm that has nothing yet", "server/commands: but not beside clients" },
    { "facts_keep.sql", "imports_under_way",
      "counts what runs for a check by whoever has the data directory, shows nothing of it",
      "server/commands: and the base is sound" },
    { "file_room.sql", "file_in_use", "of a file of one's own",
      "exchange/files_are_kept_for_a_term_and_within_bounds.http" },
    { "import.sql", "import_plan_one", "of an import loaded within reach before, or at work in its own job", IMPORTS },
    { "import.sql", "import_brought", "counts what the import at work in its own job has brought", IMPORTS },
    { "import.sql", "import_state", "of an import loaded within reach before", IMPORTS },
    { "import.sql", "import_logins_taken", "so that people an import makes get logins nobody has, shows none",
      "exchange/people_an_import_makes_have_logins_of_their_own.http" },
    { "import_undo.sql", "import_sales_inherited", "takes back what was brought, shows nothing", TAKEN_BACK },
    { "import_undo.sql", "import_heirs", "takes back what was brought, shows nothing", TAKEN_BACK },
    { "import_undo.sql", "import_used_clients", "takes back what was brought, shows nothing", TAKEN_BACK },
    { "import_undo.sql", "import_used_products", "takes back what was brought, shows nothing", TAKEN_BACK },
    { "import_undo.sql", "import_used_channels", "takes back what was brought, shows nothing", TAKEN_BACK },
    { "history.sql", "users_by_name", "names of colleagues are known to everybody",
      "exchange/sales_of_a_stranger_are_sales_nobody_brought.http" },
    { "rounds.sql", "rounds_changed", "names of colleagues are known to everybody",
      "access/who_changed_a_round_is_told.http" },
    { "import.sql", "import_held", "for the facts, which hold the whole base", RUNS },
    { "import.sql", "import_held_sales", "for the facts, which hold the whole base", RUNS },
    { "setting.sql", "settings_offered", "asks for one's own and for what colleagues share",
      "insight/settings_of_an_analysis_are_kept_and_shared.http" },
    { "view.sql", "views_offered", "asks for one's own and for what colleagues share",
      "access/a_list_kept_under_a_name_is_ones_own_until_it_is_shared.http" },
    { "view.sql", "views_of", "counts one's own",
      "access/a_list_kept_under_a_name_is_ones_own_until_it_is_shared.http" },
    { "view.sql", "unit_of", "where one stands oneself",
      "access/a_list_kept_under_a_name_is_ones_own_until_it_is_shared.http" },
    { "card.sql", "card_classes", "of one client, loaded within reach before",
      "insight/a_clients_card_says_what_he_brought_and_when_he_comes.http" },
    { "card.sql", "card_days_late", "of one client whose sales are within reach, asked before",
      "insight/a_clients_card_says_what_he_brought_and_when_he_comes.http" },
    { "today.sql", "today_phones", "of clients and persons that were read within reach before",
      "today/who_has_gone_out_of_sight_is_not_named_nor_rung_up.http" },
    { "deals.sql", "deal_first_sold", "whether the client of a deal in hand has bought, told by its direction alone",
      FIRST_DEAL },
    { "deals.sql", "deal_first_won", "the same", FIRST_DEAL },
    { "deals.sql", "deal_no_longer_first", "the same, of its other deals, by the program itself", FIRST_DEAL },
    { "deals.sql", "stages_used", "whether any deal stands on a stage, told without its name",
      "deals/a_deal_moves_within_its_pipeline_and_says_why_it_is_lost.http" },
    { "requests.sql", NULL,
      "what the rule asks of records in hand before a save, and the round by the program itself, shown to nobody",
      "requests/a_request_goes_its_way_by_those_whose_step_it_is.http" },
    { "watch.sql", NULL, "the round by the program itself, and what a save has mended, shown to nobody", WATCHED },
    { "hand_over.sql", "hand_over_people", "names those alone whom reach_rows has found within reach", HANDED },
    { "hand_over.sql", "hand_over_cities", "whose a city is already, told by who gets which clients alone", ABSENT },
    { "hand_over.sql", "hand_overs_of_person",
      "of a person within reach, asked before; names of colleagues are known to everybody", HANDED },
    { "hand_over.sql", "hand_over_counts", "of such hand-overs: how many, and the names of colleagues", HANDED },
    { "hand_over.sql", "hand_overs_due", "the round by the program itself, shown to nobody", ABSENT },
    { "process.sql", "able_of", "whether somebody can take a step, told by that alone", LED },
    { "process.sql", "way_names", "names of colleagues and roles are known to everybody", LED },
    { "asking.sql", "insight_class", "ids that narrow the clients of insight_visible", IN_SIGHT },
    { "asking.sql", "insight_client_names", "of clients that an answer within reach holds", IN_SIGHT },
    { 0 },
};

/* Statements put together in C; a file that writes the reach itself needs no place here. */
static const Exception sources_apart[] = {
    { "sales/parties/client_figures.c", NULL, "columns of rows in reach, about which entity/ writes",
      "access/what_is_counted_from_sales_needs_their_rights.http" },
    { "entity/figure_columns.c", NULL, "figures of a page that list.c has found within reach",
      "access/what_is_counted_from_sales_needs_their_rights.http" },
    { "sales/orders/orders.c", NULL, "conditions on rows in reach, and the clients of sales that were just saved",
      OWN_SCOPE },
    { "sales/deals/deals.c", NULL, "conditions on rows in reach, about which entity/ writes",
      "deals/a_deal_points_at_nothing_out_of_reach.http" },
    { "engine/process/way_ask.c", NULL, "conditions on records in reach whose move is asked for",
      LED },
    { "sales/watch/watch_find.c", NULL, "the round by the program itself, shown to nobody", WATCHED },
    { "api/live_news.c", NULL, "on what it hangs, to tell those alone who see that", NEWS_HANG },
    { "files/attachment.c", NULL, "which files are kept, asked by the program itself",
      "files/equal_content_stands_once_and_goes_with_the_last.http" },
    { "sales/import/file_room.c", NULL, "which files are kept, asked by the program itself",
      "exchange/files_are_kept_for_a_term_and_within_bounds.http" },
    { "app/base_commands.c", NULL, "`sbyt check` counts rows", "server/commands: and the base is sound" },
    { "entity/record.c", NULL, "reads what record_load, the list and the door have found within reach",
      "a manager writes his own clients, is refused his colleague's, and does not learn of a stranger's" },
    { "entity/rows.c", NULL, "children of such records",
      "a manager writes his own clients, is refused his colleague's, and does not learn of a stranger's" },
    { "entity/record_save.c", NULL,
      "finds records by their origin and shows only those within reach: a key that leads to a stranger's record is"
      " refused",
      "a key that leads to a stranger's record is refused like a key that is nobody's to take" },
    { "entity/record_remove.c", NULL, "removes what the undo of a work made, by the program itself", TAKEN_BACK },
    { "entity/record_check.c", NULL, "references by reach_rows; what there can be only once belongs to nobody",
      "what there can be only once belongs to nobody, but for the name by which one signs in" },
    { "entity/seed_export.c", NULL, "the command `sbyt seed --export`: whoever has the data directory has everything",
      "server/commands: it leaves as a file" },
    { "entity/seed_wave.c", NULL, "names that the program would give to what it brings, by itself, told to nobody",
      "a name that the firm has given to a record of its own stays with that one" },
    { "entity/kept.c", NULL, "keeps whose rows are, by the program itself, and tells nobody",
      "kept owners are right after thousands of saves, hand-overs, archives, imports and undos" },
    { "entity/owners.c", NULL, "whose these records are, to say who may hear of them",
      "who sees a row is the same whether one asks for the viewer or for the row" },
    { "entity/record_owners.c", NULL, "whether they are the actor's, told to nobody: what is not in reach is refused",
      "a manager writes his own clients, is refused his colleague's, and does not learn of a stranger's" },
    { "entity/lend.c", NULL, "the version of a record that whoever lends it has within reach, told to nobody",
      "access/to_whom_a_record_was_lent_stands_in_its_history.http" },
    { "entity/tree.c", NULL, "who stands above whom, told to nobody: a record above itself is refused without a name",
      "orders/a_group_of_goods_is_no_part_of_itself.http" },
    { "entity/search.c", NULL, "a condition beside the reach, which filter.c writes first",
      "everybody's list holds what his scope lets him see, and sales follow their client" },
    { "files/share.c", NULL, "whether what a link leads to is archived, when its maker's reach has been asked",
      "files/a_link_opens_no_more_than_its_maker_may_see.http" },
    { "entity/uses.c", NULL, "counts who reads a field of the firm's, for who may see those, and shows none",
      "access/a_shared_list_shows_nothing_that_its_reader_may_not_see.http" },
    { "entity/used.c", NULL,
      "finds what points at a record that is to go; what is told of it is narrowed when it is shown", TAKEN_BACK },
    { 0 },
};

/* Tables without an entity that say something about one client. */
static const char *const beside_client[] = { "client_class", "client_class_log", "client_bought" };

/* The entity in whose table the rows lie: of a child its parent. */
static const Entity *keeper_of(Str table)
{
    for (ptrdiff_t i = 0; entity_at(i); i++) {
        const Entity *e = entity_at(i);
        if (!e->parent && str_eq(table, str_of(entity_table(e)))) return e;
        for (int k = 0; k < e->child_count; k++)
            if (str_eq(table, str_of(entity_table(e->children[k].entity)))) return e;
    }
    return NULL;
}

static bool owned(Str table)
{
    for (int i = 0; i < COUNT(beside_client); i++)
        if (str_eq(table, str_of(beside_client[i]))) return true;
    const Entity *e = keeper_of(table);
    return e && (entity_owned(e) || e->follows || e->fence);
}

static bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '%'; }

static Str next_word(Str *sql)
{
    ptrdiff_t from = 0, to;
    while (from < sql->n && !is_word(sql->s[from])) from++;
    for (to = from; to < sql->n && is_word(sql->s[to]);) to++;
    Str word = str_from(str_upto(*sql, to), from);
    *sql     = str_from(*sql, to);
    return word;
}

/* Does the text read a table whose rows belong to somebody?  A table named only while running counts. */
static bool reads_owned(Str sql)
{
    Str before = { 0 };
    for (Str word = next_word(&sql); word.n; before = word, word = next_word(&sql)) {
        if (str_eq(before, S("delete"))) next_word(&sql);
        else if ((str_eq(before, S("from")) || str_eq(before, S("join"))) && (owned(word) || str_eq(word, S("%s"))))
            return true;
    }
    return false;
}

static bool stands_apart(const Exception *list, bool *used, const char *file, const char *statement)
{
    for (int i = 0; list[i].file; i++) {
        if (strcmp(list[i].file, file) != 0 || (list[i].statement && strcmp(list[i].statement, statement) != 0))
            continue;
        used[i] = true;
        return true;
    }
    return false;
}

/* Each is needed, and proved. */
static void none_is_idle(Test *t, const Exception *list, const bool *used)
{
    for (int i = 0; list[i].file; i++) {
        const char *statement = list[i].statement ? list[i].statement : "";
        test_check(t, used[i], __FILE__, __LINE__, "%s %s stands apart and need not", list[i].file, statement);
        test_check(t, claim_stands(t, list[i].proof), __FILE__, __LINE__,
                   "%s %s stands apart (%s); no claim \"%s\" proves that it may", list[i].file, statement, list[i].why,
                   list[i].proof);
    }
}

/* ---- statements in C ---- */

static struct {
    Test *t;
    bool  used[COUNT(sources_apart)];
    int   files;
} walk;

/* What stands between quotes; neighbours become one text.  Comments hold no quotes that matter here. */
static Str literals(Arena *mem, Str source)
{
    Buf  out   = buf_new(mem, source.n);
    bool in    = false;
    for (ptrdiff_t i = 0; i < source.n; i++) {
        char c = source.s[i];
        if (in && c == '\\') {
            buf_char(&out, ' ');
            i++;
        } else if (!in && c == '\'' && i + 2 < source.n) {
            i += source.s[i + 1] == '\\' ? 3 : 2;
        } else if (!in && c == '/' && i + 1 < source.n && source.s[i + 1] == '*') {
            i += str_find(str_from(source, i), S("*/")) + 1;
        } else if (c == '"') {
            in = !in;
            buf_char(&out, in ? ' ' : '\n');
        } else if (in) {
            buf_char(&out, c);
        }
    }
    return buf_str(&out);
}

static bool writes_reach(Str source)
{
    return str_find(source, S("reach_write(")) >= 0 || str_find(source, S("list_where(")) >= 0 ||
           str_find(source, S("{scope c")) >= 0;
}

static int source_look(const char *path, const struct stat *info, int kind, struct FTW *at)
{
    static char text[1 << 20];
    (void)info, (void)at;
    size_t      n    = strlen(path);
    const char *file = path + strlen(TESTS_FOLDER "/../src/");
    if (kind != FTW_F || n < 2 || strcmp(path + n - 2, ".c") != 0 || strncmp(file, "store/", 6) == 0) return 0;
    FILE *in = fopen(path, "r");
    if (!in) return 1;
    Str source = { text, (ptrdiff_t)fread(text, 1, sizeof text, in) };
    fclose(in);
    walk.files++;
    bool bare = reads_owned(literals(&walk.t->mem, source)) && !writes_reach(source) &&
                !stands_apart(sources_apart, walk.used, file, "");
    test_check(walk.t, !bare, __FILE__, __LINE__, "%s reads rows that belong to somebody without the reader's reach",
               file);
    return 0;
}

/* ---- what the marks become ---- */

typedef struct {
    Right right[200];
    Actor actor;
} Reader;

static int by_name(const void *a, const void *b)
{
    return strcmp(((const Right *)a)->entity, ((const Right *)b)->entity);
}

/* Somebody who may view everything, in one scope, with lent records or without. */
static void reader_make(Reader *r, Scope scope, bool given)
{
    int n = 0;
    for (ptrdiff_t i = 0; entity_at(i) && n < COUNT(r->right) - 1; i++)
        r->right[n++] = (Right){ entity_at(i)->name, "view", scope, "" };
    r->right[n++] = (Right){ "analysis", "view", scope, "" };
    qsort(r->right, (size_t)n, sizeof(Right), by_name);
    r->actor = (Actor){ .user = 1, .rights = r->right, .right_count = n, .given = given, .stands_in = given };
}

static void marks_prepare(Test *t, Base *base, const Reader *r)
{
    for (const Statement *s = statements; s->name; s++) {
        ScopeValues values = { 0 };
        if (str_find(s->sql, S("{scope ")) < 0) continue;
        Str sql = scope_expand(&t->mem, s->sql, &r->actor, parameters(s->sql) + 1, &values);
        test_check(t, str_find(sql, S("{scope")) < 0 && db_prepares(base->db, sql) == OK, __FILE__, __LINE__,
                   "%s %s: %s", s->file, s->name, db_engine_words(base->db));
    }
}

static void lists_prepare(Test *t, Base *base, const Reader *r)
{
    Work w = { .who = &r->actor, .actor = 1 };
    for (ptrdiff_t i = 0; entity_at(i); i++) {
        const Entity *e     = entity_at(i);
        Binds         binds = { 0 };
        Buf           sql   = buf_new(&t->mem, 400);
        if (e->parent) continue;
        buf_fmt(&sql, "select t.id from %s t where ", entity_table(e));
        reach_write(&w, &t->mem, e, "view", "t", &sql, &binds);
        test_check(t, db_prepares(base->db, buf_str(&sql)) == OK, __FILE__, __LINE__, "%s: %s", e->name,
                   db_engine_words(base->db));
        bool scoped = entity_owned(e) && r->actor.rights[0].scope != SCOPE_ALL;
        bool bound = binds.n > 0, limited = scoped || e->follows || e->fence;
        test_check(t, bound == limited, __FILE__, __LINE__, "the list of %s is limited where it need not be, or is not",
                   e->name);
    }
}

static const Entity *entity_of_table(Str table)
{
    for (ptrdiff_t i = 0; entity_at(i); i++)
        if (str_eq(str_of(entity_table(entity_at(i))), table)) return entity_at(i);
    return NULL;
}

static bool is_held(const Entity *e, Str table, Str column)
{
    for (const HeldBy *held = e->held; held && held->table; held++)
        if (str_eq(str_of(held->table), table) && str_eq(str_of(held->column), column)) return true;
    return false;
}

TESTS(test_scopes)
{
    CASE("a claim is found by its words, and one that nobody makes is missed") {
        CHECK(claim_stands(t, "a claim is found by its words, and one that nobody makes is missed"));
        CHECK(claim_stands(t, OWN_SCOPE));
        CHECK(claim_stands(t, "server/commands: everybody is listed"));
        const char *const nobodys[] = { "a claim is found by its words", "access/nobody_wrote_this.http",
                                        "server/commands: nobody says this", "server/nothing: everybody is listed",
                                        "" };
        for (int i = 0; i < COUNT(nobodys); i++)
            test_check(t, !claim_stands(t, nobodys[i]), __FILE__, __LINE__, "\"%s\" is found", nobodys[i]);
    }
    CASE("whose rows they are is said rightly of every entity: no circle, three steps at most, somebody at the end") {
        entities_set(all_entities);
        const char *wrong = owners_wrong(&t->mem);
        test_check(t, !wrong, __FILE__, __LINE__, "%s", wrong ? wrong : "");
    }
    CASE("what there can be only once belongs to nobody, but for the name by which one signs in") {
        entities_set(all_entities);
        for (ptrdiff_t i = 0; entity_at(i); i++)
            for (int f = 0; f < entity_at(i)->field_count; f++) {
                const Entity *e = entity_at(i);
                bool login = strcmp(e->name, "user") == 0 && strcmp(e->fields[f].name, "login") == 0;
                bool told  = e->fields[f].unique && (entity_owned(e) || e->fence) && !login;
                test_check(t, !told, __FILE__, __LINE__, "%s.%s: that a stranger's has it would be told by its refusal",
                           e->name, e->fields[f].name);
            }
        CHECK(field_of(entity_named(S("user")), "login")->unique);
    }
    CASE("whatever points at a record from beside the entities is named by its entity, so that undo keeps the record") {
        entities_set(all_entities);
        ON_BOTH(base) {
            if (base.engine != DB_SQLITE) continue; /* both are made from the same definitions */
            Rows rows;
            int  named = 0;
            base_migrate(&base, t);
            EQUAL(db_query(base.db, S("select m.name, f.\"from\", f.\"table\" from sqlite_schema m,"
                                      " pragma_foreign_key_list(m.name) f where m.type = 'table'"),
                           NO_VALS, &rows),
                  OK);
            while (rows_next(&rows)) {
                const Entity *e = entity_of_table(row_text(&rows, 2));
                if (!e || entity_of_table(row_text(&rows, 0))) continue;
                Str  table = row_text(&rows, 0), column = row_text(&rows, 1);
                bool good = is_held(e, table, column);
                test_check(t, good, __FILE__, __LINE__, "%.*s.%.*s points at %s, whose `held` does not say so",
                           (int)table.n, table.s, (int)column.n, column.s, e->name);
                named += good;
            }
            EQUAL(rows_end(&rows), OK);
            EQUAL(named, 2); /* a person's password and his sessions */
        }
    }
    CASE("every statement that reads what belongs to somebody reads it within the reader's reach, or stands apart with"
         " its reason") {
        bool used[COUNT(statements_apart)] = { 0 };
        entities_set(all_entities);
        for (const Statement *s = statements; s->name; s++) {
            bool bare = reads_owned(s->sql) && str_find(s->sql, S("{scope ")) < 0 &&
                        !stands_apart(statements_apart, used, s->file, s->name);
            test_check(t, !bare, __FILE__, __LINE__,
                       "%s %s reads rows that belong to somebody without the reader's reach", s->file, s->name);
        }
        none_is_idle(t, statements_apart, used);
    }
    CASE("so does every statement that is put together in C") {
        entities_set(all_entities);
        walk.t = t;
        EQUAL(nftw(TESTS_FOLDER "/../src", source_look, 16, FTW_PHYS), 0);
        CHECK(walk.files > 100);
        none_is_idle(t, sources_apart, walk.used);
    }
    CASE("each mark and each list prepares in every scope on both databases") {
        ON_BOTH(base) {
            base_migrate(&base, t);
            entities_set(all_entities);
            for (int scope = SCOPE_OWN; scope <= SCOPE_ALL; scope++)
                for (int given = 0; given < 2; given++) {
                    Reader r;
                    reader_make(&r, (Scope)scope, given);
                    marks_prepare(t, &base, &r);
                    lists_prepare(t, &base, &r);
                }
        }
    }
}
