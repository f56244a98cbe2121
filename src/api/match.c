/* Routes by the number of parts of their path; within a number those with fixed parts first. */
#include "api/match.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PARTS 8

typedef enum { PART_FIXED, PART_ID, PART_TEXT } PartKind;

typedef struct {
    PartKind kind;
    Str      text;
} Part;

typedef struct {
    const Route *route;
    int          count;
    Part         part[PARTS];
} Pattern;

struct RouteTable {
    ptrdiff_t count;
    Pattern  *pattern;          /* sorted: by count of parts, then fixed before braces from the left */
    ptrdiff_t from[PARTS + 2];  /* where the patterns with so many parts begin                       */
    const Route **in_order;
};

static const char *const method_names[] = { "", "GET", "POST", "PATCH", "PUT", "DELETE" };

Method method_named(Str name)
{
    for (int m = GET; m < COUNT(method_names); m++)
        if (str_eq(name, str_of(method_names[m]))) return (Method)m;
    return METHOD_NONE;
}

const char *method_name(Method m) { return method_names[m]; }

ptrdiff_t    routes_count(const RouteTable *table) { return table->count; }
const Route *route_at(const RouteTable *table, ptrdiff_t i) { return table->in_order[i]; }

static Pattern pattern_of(const Route *route)
{
    Pattern p    = { .route = route };
    Str     rest = str_from(str_of(route->path), 1);
    while (rest.n && p.count < PARTS) {
        Str      text = str_cut(&rest, '/');
        PartKind kind = text.s[0] != '{' ? PART_FIXED : str_eq(text, S("{id}")) ? PART_ID : PART_TEXT;
        p.part[p.count++] = (Part){ kind, text };
    }
    return p;
}

static int pattern_cmp(const void *a, const void *b)
{
    const Pattern *x = a, *y = b;
    if (x->count != y->count) return x->count - y->count;
    for (int i = 0; i < x->count; i++) {
        if (x->part[i].kind != y->part[i].kind) return (int)x->part[i].kind - (int)y->part[i].kind;
        int order = x->part[i].kind == PART_FIXED ? str_cmp(x->part[i].text, y->part[i].text) : 0;
        if (order) return order;
    }
    return (int)x->route->method - (int)y->route->method;
}

static void refuse_twins(const RouteTable *t)
{
    for (ptrdiff_t i = 1; i < t->count; i++) {
        if (pattern_cmp(&t->pattern[i - 1], &t->pattern[i]) != 0) continue;
        fprintf(stderr, "two routes answer %s %s\n", method_name(t->pattern[i].route->method),
                t->pattern[i].route->path);
        exit(70);
    }
}

RouteTable *routes_compile(Arena *mem, const Route *const *lists)
{
    RouteTable *t = NEW(mem, RouteTable);
    for (const Route *const *list = lists; *list; list++)
        for (const Route *r = *list; r->path; r++) t->count++;
    t->pattern  = NEW_N(mem, Pattern, t->count);
    t->in_order = NEW_N(mem, const Route *, t->count);
    ptrdiff_t n = 0;
    for (const Route *const *list = lists; *list; list++)
        for (const Route *r = *list; r->path; r++, n++) {
            t->in_order[n] = r;
            t->pattern[n]  = pattern_of(r);
        }
    qsort(t->pattern, (size_t)n, sizeof(Pattern), pattern_cmp);
    refuse_twins(t);
    for (ptrdiff_t i = n - 1; i >= 0; i--) t->from[t->pattern[i].count] = i;
    for (int c = PARTS; c >= 0; c--)
        if (t->from[c] == 0 && (n == 0 || t->pattern[0].count != c)) t->from[c] = c == PARTS ? n : t->from[c + 1];
    t->from[PARTS + 1] = n;
    return t;
}

static int split(Str path, Str part[PARTS])
{
    int count = 0;
    if (path.n < 2 || path.s[0] != '/') return 0;
    for (Str rest = str_from(path, 1);;) {
        if (count == PARTS) return PARTS + 1;
        bool last     = str_find(rest, S("/")) < 0;
        part[count++] = str_cut(&rest, '/');
        if (last) return count;
    }
}

static bool fits(const Pattern *p, const Str *part, Match *m)
{
    int texts = 0;
    for (int i = 0; i < p->count; i++) {
        const Part *want = &p->part[i];
        if (want->kind == PART_FIXED && !str_eq(want->text, part[i])) return false;
        if (want->kind == PART_ID &&
            (!str_i64(part[i], &m->id) || m->id < 1 || part[i].s[0] == '+' || part[i].s[0] == '0'))
            return false;
        if (want->kind != PART_TEXT) continue;
        if (part[i].n == 0) return false;
        m->part[texts++] = part[i];
    }
    return true;
}

/* The methods of all patterns of the same shape, for 405. */
static const char *const allowed[] = { "",      "GET",        "POST",        "GET, POST",
                                       "PATCH", "GET, PATCH", "POST, PATCH", "GET, POST, PATCH" };

Match route_match(const RouteTable *table, Method method, Str path)
{
    Str      part[PARTS];
    Match    found   = { 0 };
    unsigned methods = 0;
    int      count   = split(path, part);
    if (count < 1 || count > PARTS) return found;
    for (ptrdiff_t i = table->from[count]; i < table->from[count + 1]; i++) {
        Match          m = { 0 };
        const Pattern *p = &table->pattern[i];
        if (!fits(p, part, &m)) continue;
        if (p->route->method == method) {
            m.route = p->route;
            m.known = true;
            return m;
        }
        found.known = true;
        methods |= 1u << (p->route->method - 1);
    }
    if (found.known) found.allow = methods < COUNT(allowed) ? allowed[methods] : "GET, POST, PATCH, PUT, DELETE";
    return found;
}
