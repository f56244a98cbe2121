/* Routes: which row answers which address.  By hand. */
#include "tests/test.h"

#include "api/match.h"

static const Route some[] = {
    { .method = GET, .path = "/api/{entity}" },
    { .method = POST, .path = "/api/{entity}" },
    { .method = GET, .path = "/api/{entity}/{id}" },
    { .method = PATCH, .path = "/api/{entity}/{id}" },
    { .method = GET, .path = "/api/{entity}/count" },
    { 0 },
};
static const Route more[] = {
    { .method = GET, .path = "/api/session" },
    { .method = GET, .path = "/api/client/{id}/card" },
    { .method = GET, .path = "/api/words/{language}" },
    { .method = POST, .path = "/api/import/{id}/undo" },
    { 0 },
};
static const Route *const lists[] = { some, more, NULL };

static const char *path_of(Match m) { return m.route ? m.route->path : ""; }

TESTS(test_match)
{
    CASE("a fixed part wins over a name in braces, whichever list it stands in") {
        RouteTable *table = routes_compile(&t->mem, lists);
        TEXT(path_of(route_match(table, GET, S("/api/session"))), "/api/session");
        Match client = route_match(table, GET, S("/api/client"));
        TEXT(path_of(client), "/api/{entity}");
        STR(client.part[0], S("client"));
    }
    CASE("an id is digits without a leading zero; anything else is another address") {
        RouteTable *table = routes_compile(&t->mem, lists);
        Match one = route_match(table, GET, S("/api/client/42"));
        TEXT(path_of(one), "/api/{entity}/{id}");
        EQUAL(one.id, 42);
        TEXT(path_of(route_match(table, GET, S("/api/client/count"))), "/api/{entity}/count");
        CHECK(!route_match(table, GET, S("/api/client/042")).known);
        CHECK(!route_match(table, GET, S("/api/client/-1")).known);
        CHECK(!route_match(table, GET, S("/api/client/0")).known);
        CHECK(!route_match(table, GET, S("/api/client/9223372036854775808")).known);
        EQUAL(route_match(table, POST, S("/api/import/7/undo")).id, 7);
    }
    CASE("an unknown address is unknown, a known one by another method says which it has") {
        RouteTable *table = routes_compile(&t->mem, lists);
        CHECK(!route_match(table, GET, S("/api/client/1/2/3")).known);
        CHECK(!route_match(table, GET, S("/api")).known);
        CHECK(!route_match(table, GET, S("/api//")).known);
        CHECK(!route_match(table, GET, S("/api/client/1/card/")).known);
        Match card = route_match(table, DELETE, S("/api/client/1/card"));
        CHECK(card.known && !card.route);
        TEXT(card.allow, "GET");
        TEXT(route_match(table, DELETE, S("/api/client/1")).allow, "GET, PATCH");
        TEXT(route_match(table, METHOD_NONE, S("/api/client")).allow, "GET, POST");
    }
}
