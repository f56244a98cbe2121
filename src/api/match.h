/* From method and path to the route: exact, a fixed part wins over a name in braces, {id} is digits only. */
#ifndef API_MATCH_H
#define API_MATCH_H

#include "api/route.h"

typedef struct RouteTable RouteTable;

/* `lists` are the lists of areas, each ending with an empty row; the list of lists ends with null.  Two rows that
 * answer the same method and path end the program. */
RouteTable *routes_compile(Arena *mem, const Route *const *lists);

typedef struct {
    const Route *route;     /* null: no such address, or not by this method */
    bool         known;     /* the address exists                           */
    const char  *allow;     /* then: the methods it has, "GET, POST"        */
    int64_t      id;
    Str          part[3];   /* as they stand in the path, percent signs and all */
} Match;

Match route_match(const RouteTable *table, Method method, Str path);

Method      method_named(Str name);
const char *method_name(Method m);

/* All rows in the order of the lists, for OpenAPI and the standing tests. */
ptrdiff_t    routes_count(const RouteTable *table);
const Route *route_at(const RouteTable *table, ptrdiff_t i);

#endif
