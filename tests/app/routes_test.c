/* Standing claims about the table of routes: each says whom it lets in, and each is gone through by a scenario. */
#include "api/match.h"
#include "app/program.h"
#include "entity/entity.h"
#include "sales/people/people.h"
#include "tests/test.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

/* What everybody who is signed in may ask; each of these asks rights itself, about the record or the place named in the request. */
static const char *const for_everybody[] = {
    "DELETE /api/session",           /* his own                                                    */
    "POST /api/user/{id}/password",  /* his own with the old one, another's with user.password     */
    "POST /api/user/{id}/sign-out",  /* his own, another's with user.sign_out                      */
    "GET /api/user/{id}/sessions",   /* the same                                                   */
    "GET /api/meta",                 /* masked by his rights                                       */
    "GET /api/openapi.json",         /* holds no data                                              */
    "GET /api/events",               /* tells what he may view                                     */
    NULL,
};

static const char *const for_anybody[] = { "GET /api/session", "POST /api/session", "POST /api/setup", "GET /api/health", "GET /api/words/{language}", NULL };

static bool stands_in(const char *const *list, const Route *r)
{
    char line[200];
    snprintf(line, sizeof line, "%s %s", method_name(r->method), r->path);
    for (; *list; list++)
        if (strcmp(*list, line) == 0) return true;
    return false;
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
            test_check(t, good, __FILE__, __LINE__, "%s %s lets in anybody, or by a right that does not exist", method_name(r->method), r->path);
        }
    }
    CASE("every route says what it is for, and a changing one is never a GET") {
        RouteTable *table = routes_compile(&t->mem, all_routes);
        for (ptrdiff_t i = 0; i < routes_count(table); i++) {
            const Route *r = route_at(table, i);
            test_check(t, r->says && words_text(LANG_RU, r->says), __FILE__, __LINE__, "%s %s has no words", method_name(r->method), r->path);
            test_check(t, !(r->method == GET && r->writes), __FILE__, __LINE__, "GET %s writes", r->path);
            test_check(t, r->method != GET || r->gives, __FILE__, __LINE__, "GET %s does not say what it gives", r->path);
        }
    }
    CASE("every route is gone through by a scenario") {
        RouteTable *table = routes_compile(&t->mem, all_routes);
        Walk        walk  = { table, NEW_N(&t->mem, bool, routes_count(table)) };
        folder_take(&walk, TESTS_FOLDER "/scenario");
        for (ptrdiff_t i = 0; i < routes_count(table); i++)
            test_check(t, walk.seen[i], __FILE__, __LINE__, "%s %s has no scenario", method_name(route_at(table, i)->method), route_at(table, i)->path);
    }
}
