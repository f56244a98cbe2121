/* Standing claims about the table of routes: each says whom it lets in, and each is gone through by a scenario. */
#include "api/match.h"
#include "app/program.h"
#include "entity/entity.h"
#include "sales/people/people.h"
#include "tests/claims.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

/* A route that lets in without a right of the table, and the claim that proves that it may. */
typedef struct {
    const char *line, *proof;
} Open;

/* What everybody who is signed in may ask; each of these asks rights itself, about the record or the place named in the
 * request. */
static const Open for_everybody[] = {
    { "DELETE /api/session", "access/a_person_signs_in_and_out.http" },                        /* his own */
    /* his own with the old one, another's with user.password */
    { "POST /api/user/{id}/password", "access/a_new_password_ends_other_sessions.http" },
    /* his own, another's with user.sign_out */
    { "POST /api/user/{id}/sign-out", "access/a_new_password_ends_other_sessions.http" },
    { "GET /api/user/{id}/sessions", "access/a_new_password_ends_other_sessions.http" },       /* the same */
    /* which days and hours are worked; changing them needs firm.change */
    { "GET /api/calendar", "access/the_firms_calendar_is_corrected_by_who_may_change_the_firm.http" },
    /* what is in sight; with the right to lend the record */
    { "GET /api/given", "access/a_record_is_lent_for_a_time_and_not_lent_on.http" },
    { "POST /api/given", "access/a_record_is_lent_for_a_time_and_not_lent_on.http" },
    { "POST /api/given/end", "access/a_record_is_lent_for_a_time_and_not_lent_on.http" },
    /* masked by his rights */
    { "GET /api/meta", "access/what_is_hidden_is_in_no_description_either.http" },
    { "GET /api/openapi.json", "access/what_there_is_is_told_to_browsers_and_programs.http" }, /* holds no data */
    /* tells what he may view */
    { "GET /api/events", "access/news_of_a_record_go_to_who_may_view_it.http" },
    { 0 },
};

static const Open for_anybody[] = {
    { "GET /api/session", "access/a_person_signs_in_and_out.http" },
    { "POST /api/session", "access/guessing_is_slowed_and_does_not_lock_out_others.http" },
    { "POST /api/setup", "access/a_firm_is_set_up_once_with_the_printed_token.http" },
    { "GET /api/health", "access/what_anybody_may_ask.http" },
    { "GET /api/words/{language}", "access/what_anybody_may_ask.http" },
    { "GET /s/{token}", "files/a_link_opens_no_more_than_its_maker_may_see.http" },
    { "POST /s/{token}", "files/guessing_links_is_slowed.http" },
    { 0 },
};

static bool stands_in(const Open *list, const Route *r)
{
    char line[200];
    snprintf(line, sizeof line, "%s %s", method_name(r->method), r->path);
    for (; list->line; list++)
        if (strcmp(list->line, line) == 0) return true;
    return false;
}

static bool open_in(RouteTable *table, const char *line)
{
    const Open alone[] = { { line, NULL }, { 0 } };
    for (ptrdiff_t i = 0; i < routes_count(table); i++) {
        const Route *r = route_at(table, i);
        if (stands_in(alone, r) && (r->audience == FOR_ANYBODY || !r->needs.entity)) return true;
    }
    return false;
}

static void each_is_proved(Test *t, RouteTable *table, const Open *list)
{
    for (; list->line; list++) {
        test_check(t, open_in(table, list->line), __FILE__, __LINE__, "%s is no route that lets in without a right",
                   list->line);
        test_check(t, claim_stands(t, list->proof), __FILE__, __LINE__,
                   "%s lets in without a right; no claim \"%s\" proves that it may", list->line, list->proof);
    }
}

static bool verb_in(const char *const *verbs, const char *verb)
{
    for (; verbs && *verbs; verbs++)
        if (strcmp(*verbs, verb) == 0) return true;
    return false;
}

static bool right_exists(const char *entity, const char *verb)
{
    static const char *const usual[] = { "view", "add", "change", "archive", "export", "import", NULL };
    if (strcmp(entity, "{entity}") == 0) return verb_in(usual, verb);
    const Entity *e = entity_named(str_of(entity));
    if (e) return !e->parent && (verb_in(usual, verb) || verb_in(e->verbs, verb));
    for (const Place *p = places; p->name; p++)
        if (strcmp(p->name, entity) == 0) return verb_in(p->verbs, verb);
    return false;
}

/* ---- scenarios ---- */

typedef struct {
    RouteTable *table;
    bool       *seen;
} Walk;

/* `POST /api/client/$romashka/archive {…}`: names stand for ids. */
static void line_take(Walk *walk, Str line)
{
    char   path[500];
    int    n      = 0;
    Method method = method_named(str_cut(&line, ' '));
    Str    where  = str_cut(&line, ' ');
    if (method == METHOD_NONE) return;
    where = str_cut(&where, '?');
    for (ptrdiff_t i = 0; i < where.n && n < (int)sizeof path - 1; i++) {
        if (where.s[i] != '$') {
            path[n++] = where.s[i];
            continue;
        }
        path[n++] = '1';
        while (i + 1 < where.n && where.s[i + 1] != '/') i++;
    }
    Match m = route_match(walk->table, method, (Str){ path, n });
    for (ptrdiff_t i = 0; m.route && i < routes_count(walk->table); i++)
        if (route_at(walk->table, i) == m.route) walk->seen[i] = true;
}

static void file_take(Walk *walk, const char *path)
{
    char  line[4000];
    FILE *file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file)) line_take(walk, str_trim(str_of(line)));
    if (file) fclose(file);
}

static void folder_take(Walk *walk, const char *folder)
{
    DIR *dir = opendir(folder);
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        char path[1000];
        if (entry->d_name[0] == '.') continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (str_ends(str_of(path), S(".http"))) file_take(walk, path);
        else if (entry->d_type == DT_DIR) folder_take(walk, path);
    }
    if (dir) closedir(dir);
}

TESTS(test_routes)
{
    CASE("every route lets in by a right that exists, or stands in a short list of those for everybody") {
        entities_set(all_entities);
        RouteTable *table = routes_compile(&t->mem, all_routes);
        for (ptrdiff_t i = 0; i < routes_count(table); i++) {
            const Route *r = route_at(table, i);
            bool good = r->audience == FOR_ANYBODY ? stands_in(for_anybody, r)
                      : r->needs.entity            ? right_exists(r->needs.entity, r->needs.verb)
                                                   : stands_in(for_everybody, r);
            test_check(t, good, __FILE__, __LINE__, "%s %s lets in anybody, or by a right that does not exist",
                       method_name(r->method), r->path);
        }
    }
    CASE("a route that lets in without a right is there, and a claim proves that it may") {
        RouteTable *table = routes_compile(&t->mem, all_routes);
        each_is_proved(t, table, for_everybody);
        each_is_proved(t, table, for_anybody);
    }
    CASE("every route says what it is for, and a changing one is never a GET") {
        RouteTable *table = routes_compile(&t->mem, all_routes);
        for (ptrdiff_t i = 0; i < routes_count(table); i++) {
            const Route *r = route_at(table, i);
            test_check(t, r->says && words_text(LANG_RU, r->says), __FILE__, __LINE__, "%s %s has no words",
                       method_name(r->method), r->path);
            test_check(t, !(r->method == GET && r->writes), __FILE__, __LINE__, "GET %s writes", r->path);
            test_check(t, r->method != GET || r->gives, __FILE__, __LINE__, "GET %s does not say what it gives",
                       r->path);
        }
    }
    CASE("every route is gone through by a scenario") {
        RouteTable *table = routes_compile(&t->mem, all_routes);
        Walk        walk  = { table, NEW_N(&t->mem, bool, routes_count(table)) };
        folder_take(&walk, TESTS_FOLDER "/scenario");
        for (ptrdiff_t i = 0; i < routes_count(table); i++)
            test_check(t, walk.seen[i], __FILE__, __LINE__, "%s %s has no scenario",
                       method_name(route_at(table, i)->method), route_at(table, i)->path);
    }
}
