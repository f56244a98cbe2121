/* The columns of a field, and what stands in them. */
#include "entity/columns.h"

#include "core/utf8.h"

static void add(FieldColumns *columns, const Field *f, ColumnForm form)
{
    columns->at[columns->n++] = (FieldColumn){ f, form };
}

void field_columns_add(FieldColumns *columns, const Field *f, bool made)
{
    bool text = f->type == TYPE_text;
    add(columns, f, f->type == TYPE_link ? LINK_OF : AS_IT_IS);
    if (f->type == TYPE_link) add(columns, f, LINK_ID);
    if (made && text && f->find) add(columns, f, FOLDED);
    if (made && text && f->sort) add(columns, f, SORTED);
}

void column_name(Buf *sql, FieldColumn c)
{
    static const char *const tail[] = { "", "_of", "_id", "_find", "_sort" };
    buf_fmt(sql, "%s%s", c.field ? c.field->name : "find", tail[c.form]);
}

Val column_val(Arena *mem, FieldColumn c, Value v)
{
    if (c.form == AS_IT_IS) return value_bind(c.field, v);
    if (v.empty) return val_null();
    switch (c.form) {
    case LINK_OF: return val_text(v.s);
    case LINK_ID: return val_int(v.n);
    default:      return val_text(c.form == FOLDED ? name_find(mem, v.s) : name_sort(mem, v.s));
    }
}

void column_read(Buf *sql, const char *alias, const Field *f)
{
    if (f->type == TYPE_link) buf_fmt(sql, "(%s.%s_of || ':' || %s.%s_id)", alias, f->name, alias, f->name);
    else buf_fmt(sql, "%s.%s", alias, f->name);
}

const char *column_found(Arena *mem, const Field *f)
{
    return f->type == TYPE_link ? str_c(mem, str_fmt(mem, "%s_id", f->name)) : f->name;
}
