/* The list of fields as TypeScript, for the web client's compiler. */
#include "entity/meta.h"

static void camel(Buf *to, const char *name)
{
    bool up = true;
    for (; *name; name++) {
        if (*name == '_') {
            up = true;
            continue;
        }
        buf_char(to, up && *name >= 'a' && *name <= 'z' ? (char)(*name - 32) : *name);
        up = false;
    }
}

static void union_of(Buf *to, const char *const *options)
{
    for (int i = 0; options && options[i]; i++) buf_fmt(to, "%s\"%s\"", i ? " | " : "", options[i]);
}

static void field_line(Buf *to, const Field *f)
{
    buf_fmt(to, "  %s%s: ", f->name, f->mask ? "?" : "");
    if (f->type == TYPE_choice) union_of(to, f->options);
    else buf_c(to, types[f->type].typescript);
    buf_c(to, f->type == TYPE_bool || (f->required && !f->mask) ? ";\n" : " | null;\n");
}

static void interface(Buf *to, const Entity *e)
{
    buf_c(to, "\nexport interface ");
    camel(to, e->name);
    buf_c(to, e->parent ? " {\n  id: number;\n" : " {\n  id: number;\n  version: number;\n");
    for (int i = 0; i < e->field_count; i++)
        if (!e->fields[i].inner) field_line(to, &e->fields[i]);
    for (int c = 0; c < e->child_count; c++) {
        buf_fmt(to, "  %s?: ", e->children[c].name);
        camel(to, e->children[c].entity->name);
        buf_c(to, "[];\n");
    }
    if (!e->parent)
        buf_c(
            to,
            "  created_at: string;\n  created_by: number | null;\n  changed_at: string;\n  changed_by: number | null;\n"
            "  archived_at: string | null;\n");
    buf_c(to, "  _titles?: Record<string, { entity?: EntityName; id: number; title: string | null }>;\n}\n");
}

void types_typescript(Buf *to)
{
    buf_c(to, "// Printed by `sbyt types`; do not edit.\n\nexport const entityNames = [\n");
    for (ptrdiff_t i = 0; entity_at(i); i++) {
        if (entity_at(i)->parent) continue;
        buf_fmt(to, "  \"%s\",\n", entity_at(i)->name);
    }
    buf_c(to, "] as const;\n\nexport type EntityName = (typeof entityNames)[number];\n");
    for (ptrdiff_t i = 0; entity_at(i); i++) interface(to, entity_at(i));
}
