/* Each route row as an operation; a generic row once for each entity. */
#include "api/openapi.h"

#include "entity/entity.h"
#include "entity/meta.h"

#include "api/match.h"

#include <stdio.h>
#include <string.h>

static void text(JsonOut *j, const char *key, const char *value)
{
    js_key(j, key);
    js_c(j, value);
}

/* "from: day?", "measure: revenue|margin": a name and its schema; the question mark is cut off. */
static const struct {
    const char *word, *schema;
} schemas[] = {
    { "text", "{\"type\":\"string\"}" },
    { "int", "{\"type\":\"integer\"}" },
    { "bool", "{\"type\":\"boolean\"}" },
    { "day", "{\"type\":\"string\",\"format\":\"date\"}" },
    { "moment", "{\"type\":\"string\",\"format\":\"date-time\"}" },
    { "money", "{\"type\":\"string\",\"pattern\":\"^-?[0-9]+\\\\.[0-9]{2}$\"}" },
    { "list", "{\"type\":\"array\"}" },
    { "object", "{\"type\":\"object\"}" },
    { "condition", "{\"type\":\"string\",\"contentMediaType\":\"application/json\","
                   "\"contentSchema\":{\"$ref\":\"#/components/schemas/condition\"}}" },
};

static void schema_json(JsonOut *j, Str type)
{
    if (str_find(type, S("|")) >= 0) {
        js_object(j);
        text(j, "type", "string");
        js_key(j, "enum");
        js_array(j);
        while (type.n) js_str(j, str_cut(&type, '|'));
        js_end(j);
        js_end(j);
        return;
    }
    for (ptrdiff_t i = 0; i < COUNT(schemas); i++) {
        if (!str_eq(type, str_of(schemas[i].word))) continue;
        js_raw(j, str_of(schemas[i].schema));
        return;
    }
    js_raw(j, S("{}"));
}

typedef struct {
    Str  name, type;
    bool optional;
} Taken;

static bool taken_next(Str *rest, Taken *out)
{
    if (!rest->n) return false;
    Str one       = str_trim(str_cut(rest, ','));
    out->name     = str_trim(str_cut(&one, ':'));
    out->type     = str_trim(one);
    out->optional = str_ends(out->type, S("?"));
    if (out->optional) out->type.n--;
    return true;
}

static bool is_reference(const char *what) { return what && entity_named(str_of(what)); }

static void reference(JsonOut *j, const char *entity, const char *suffix)
{
    char path[160];
    snprintf(path, sizeof(path), "#/components/schemas/%s%s", entity, suffix);
    js_object(j);
    text(j, "$ref", path);
    js_end(j);
}

/* An object schema of the names in a `.takes` or `.gives`. */
static void object_json(JsonOut *j, const char *names)
{
    Taken one;
    Str   rest = str_of(names);
    js_object(j);
    text(j, "type", "object");
    js_key(j, "properties");
    js_object(j);
    while (taken_next(&rest, &one)) {
        js_key_str(j, one.name);
        schema_json(j, one.type);
    }
    js_end(j);
    js_key(j, "required");
    js_array(j);
    for (rest = str_of(names); taken_next(&rest, &one);)
        if (!one.optional) js_str(j, one.name);
    js_end(j);
    js_end(j);
}

/* What an answer or a parameter `format` can be that is no JSON. */
static const struct {
    const char *word, *type;
} other_types[] = {
    { "file", "application/octet-stream" },
    { "page", "text/html" },
    { "event stream", "text/event-stream" },
};

/* A route one of whose formats is a workbook gives a file as well. */
static bool gives_file_too(const Route *route)
{
    Taken one;
    Str   rest = str_of(route->takes);
    while (taken_next(&rest, &one))
        if (str_eq(one.name, S("format")) && str_find(one.type, S("xlsx")) >= 0) return true;
    return false;
}

/* `what` is an entity (its record, or what is taken of it), or names with types. */
static void content(JsonOut *j, const char *what, const char *suffix)
{
    js_key(j, "application/json");
    js_object(j);
    js_key(j, "schema");
    if (is_reference(what)) reference(j, what, suffix);
    else if (strchr(what, ':')) object_json(j, what);
    else js_raw(j, S("{}"));
    js_end(j);
}

static void parameter(JsonOut *j, Str name, const char *in, Str type, bool required)
{
    js_object(j);
    js_key(j, "name");
    js_str(j, name);
    text(j, "in", in);
    js_key(j, "required");
    js_bool(j, required);
    js_key(j, "schema");
    schema_json(j, type);
    js_end(j);
}

static void parameters_json(JsonOut *j, const Route *route, const char *at)
{
    Taken one;
    Str   path = str_of(at), rest = route->method == GET ? str_of(route->takes) : (Str){ 0 };
    js_key(j, "parameters");
    js_array(j);
    while (path.n) {
        Str part = str_cut(&path, '/');
        if (!str_starts(part, S("{"))) continue;
        Str name = { part.s + 1, part.n - 2 };
        parameter(j, name, "path", str_eq(name, S("id")) ? S("int") : S("text"), true);
    }
    while (taken_next(&rest, &one)) parameter(j, one.name, "query", one.type, !one.optional);
    js_end(j);
}

/* "{entity}" is the entity of the path. */
static const char *of_entity(const char *what, const char *entity)
{
    return what && strcmp(what, "{entity}") == 0 ? entity : what;
}

/* Rights on a child are those on what it belongs to. */
static const char *needed(const Route *route, const char *entity)
{
    const char *name = of_entity(route->needs.entity, entity);
    return name == entity ? entity_above(entity_named(str_of(entity)))->name : name;
}

static void body_json(JsonOut *j, const Route *route, const char *entity)
{
    if (route->body == BODY_NONE) return;
    js_key(j, "requestBody");
    js_object(j);
    js_key(j, "required");
    js_bool(j, true);
    js_key(j, "content");
    js_object(j);
    if (route->body == BODY_FILE) js_key(j, other_types[0].type), js_raw(j, S("{}"));
    else content(j, route->takes ? of_entity(route->takes, entity) : "object", "_patch");
    js_end(j);
    js_end(j);
}

static void answer_json(JsonOut *j, const Route *route, const char *entity)
{
    const char *other = gives_file_too(route) ? other_types[0].type : NULL;
    bool        json  = true;
    for (ptrdiff_t i = 0; i < COUNT(other_types); i++) {
        if (strcmp(route->gives, other_types[i].word) != 0) continue;
        other = other_types[i].type;
        json  = false;
    }
    js_key(j, "content");
    js_object(j);
    if (json) content(j, of_entity(route->gives, entity), "");
    if (other) js_key(j, other), js_raw(j, S("{}"));
    js_end(j);
}

static void answers_json(JsonOut *j, const Route *route, const char *entity)
{
    const char *status = route->makes ? "201" : route->later ? "202" : route->gives ? "200" : "204";
    js_key(j, "responses");
    js_object(j);
    js_key(j, status);
    js_object(j);
    text(j, "description", "OK");
    if (route->gives) answer_json(j, route, entity);
    js_end(j);
    js_key(j, "default");
    js_raw(
        j,
        S("{\"description\":\"RFC 9457\","
          "\"content\":{\"application/problem+json\":{\"schema\":{\"$ref\":\"#/components/schemas/problem\"}}}}"));
    js_end(j);
}

static void operation_json(JsonOut *j, const Route *route, const char *path, const char *entity)
{
    static const char *const lower[] = { "", "get", "post", "patch", "put", "delete" };
    js_key(j, lower[route->method]);
    js_object(j);
    if (route->says) text(j, "summary", words_text(LANG_EN, route->says));
    if (route->needs.entity) {
        char needs[120];
        snprintf(needs, sizeof(needs), "%s.%s", needed(route, entity), route->needs.verb);
        text(j, "x-needs", needs);
    }
    if (route->audience == FOR_ANYBODY) {
        js_key(j, "security");
        js_raw(j, S("[]"));
    }
    parameters_json(j, route, path);
    body_json(j, route, entity);
    answers_json(j, route, entity);
    js_end(j);
}

/* The path with the entity in its place. */
static void path_of(char *out, size_t room, const char *path, const char *entity)
{
    const char *mark = strstr(path, "{entity}");
    if (!mark || !entity) snprintf(out, room, "%s", path);
    else snprintf(out, room, "%.*s%s%s", (int)(mark - path), path, entity, mark + 8);
}

/* Does the row answer this path?  `entity` is the one of a generic row, null of any other. */
static bool answers(const Route *route, const char *path, const char **entity)
{
    const char *mark = strstr(route->path, "{entity}");
    *entity = NULL;
    if (!mark) return strcmp(route->path, path) == 0;
    ptrdiff_t before = mark - route->path;
    if (strncmp(route->path, path, (size_t)before) != 0) return false;
    Str           rest = str_of(path + before);
    Str           name = str_cut(&rest, '/');
    const Entity *e    = entity_named(name);
    if (!e || (e->parent && !route->children)) return false;
    *entity = e->name;
    return strcmp(path + before + name.n, mark + 8) == 0;
}

static bool told_before(Server *s, ptrdiff_t i, const char *path)
{
    const char *entity;
    for (ptrdiff_t k = 0; k < i; k++)
        if (answers(server_route(s, k), path, &entity)) return true;
    return false;
}

/* Operations of one path stand together, where its first row stands; an area's row wins over the generic one, as in the
 * dispatcher. */
static void path_json(JsonOut *j, Server *s, ptrdiff_t i, const char *of)
{
    char        path[200];
    bool        told[DELETE + 1] = { false };
    const char *entity;
    path_of(path, sizeof(path), server_route(s, i)->path, of);
    if (told_before(s, i, path)) return;
    js_key(j, path);
    js_object(j);
    for (ptrdiff_t k = i; k < server_route_count(s); k++) {
        const Route *route = server_route(s, k);
        if (!answers(route, path, &entity) || told[route->method]) continue;
        told[route->method] = true;
        operation_json(j, route, path, entity);
    }
    js_end(j);
}

static void paths_json(JsonOut *j, Server *s)
{
    for (ptrdiff_t i = 0; i < server_route_count(s); i++) {
        bool generic = strstr(server_route(s, i)->path, "{entity}") != NULL;
        if (!generic) path_json(j, s, i, NULL);
        for (ptrdiff_t e = 0; generic && entity_at(e); e++)
            if (!entity_at(e)->parent || server_route(s, i)->children) path_json(j, s, i, entity_at(e)->name);
    }
}

static const char problem_schema[] =
    "{\"type\":\"object\",\"required\":[\"title\",\"status\",\"problems\"],"
    "\"properties\":{\"type\":{\"type\":\"string\"},\"title\":{\"type\":\"string\"},\"status\":{\"type\":\"integer\"},"
    "\"detail\":{\"type\":\"string\"},\"problems\":{\"type\":\"array\",\"items\":{\"type\":\"object\","
    "\"required\":[\"key\",\"text\"],\"properties\":{\"field\":{\"type\":\"string\"},\"key\":{\"type\":\"string\"},"
    "\"text\":{\"type\":\"string\"},\"row\":{\"type\":\"integer\"},\"confirmable\":{\"type\":\"boolean\"},"
    "\"needs_reason\":{\"type\":\"boolean\"}}}}}}";

void openapi_json(Server *s, JsonOut *j)
{
    js_object(j);
    text(j, "openapi", "3.1.0");
    js_key(j, "info");
    js_object(j);
    text(j, "title", "Sbyt");
    text(j, "version", SBYT_VERSION);
    js_end(j);
    js_key(j, "paths");
    js_object(j);
    paths_json(j, s);
    js_end(j);
    js_key(j, "components");
    js_object(j);
    js_key(j, "securitySchemes");
    js_raw(j, S("{\"session\":{\"type\":\"apiKey\",\"in\":\"cookie\",\"name\":\"sbyt\"}}"));
    js_key(j, "schemas");
    js_object(j);
    js_key(j, "problem");
    js_raw(j, str_of(problem_schema));
    openapi_schemas(j);
    js_end(j);
    js_end(j);
    js_key(j, "security");
    js_raw(j, S("[{\"session\":[]}]"));
    js_end(j);
}
