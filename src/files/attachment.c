/* What hangs on a record, and whose file it may be. */
#include "files/attachment.h"

#include "access/access.h"
#include "entity/ids.h"
#include "entity/record.h"
#include "files/files_sql.h"

CHOICE_KEYS(ATTACHMENT_KINDS, attachment_kinds);

static const Field attachment_fields[] = {
#define FIELD(...) AS_ROW(Attachment, __VA_ARGS__)
#include "files/attachment.def"
#undef FIELD
};

static AttachmentKind kind_of(const File *f)
{
    Str type = str_of(f->content.type);
    if (str_starts(type, S("image/"))) return ATTACHMENT_PHOTO;
    return str_starts(type, S("audio/")) ? ATTACHMENT_RECORDING : ATTACHMENT_OTHER;
}

/* What a new one says of its file, where nobody has said it. */
static void file_take(Attachment *a, const File *f)
{
    a->type    = str_of(f->content.type);
    a->size    = f->size;
    a->picture = content_shows(f->content);
    if (!a->kind) a->kind = kind_of(f);
    if (!a->name.n) a->name = f->name;
}

/* A file is hung up by who sent it, and comes out of the archive while it is there. */
static bool asks_for_file(const Saving *s, ptrdiff_t i) { return !s->was[i] || s->archive < 0; }

static Err files_of(Work *w, const Saving *s, Ids *place, File **files, bool **found)
{
    ptrdiff_t n;
    *place = ids_new(w->mem, s->n);
    for (ptrdiff_t i = 0; i < s->n; i++)
        if (asks_for_file(s, i)) ids_put(place, ((const Attachment *)s->now[i])->file_id, place->n);
    int64_t *ids = ids_all(w->mem, place, &n);
    *files       = NEW_N(w->mem, File, n);
    *found       = NEW_N(w->mem, bool, n);
    return n ? files_find(w, ids, n, s->trusted || s->archive < 0 ? 0 : w->actor, *files, *found) : OK;
}

static Err attachment_rule(Work *w, Saving *s)
{
    Ids   place;
    File *files;
    bool *found;
    TRY(files_of(w, s, &place, &files, &found));
    for (ptrdiff_t i = 0; i < s->n; i++) {
        Attachment *a  = s->now[i];
        ptrdiff_t   at = asks_for_file(s, i) ? ids_at(&place, a->file_id) : -1;
        if (at >= 0 && !found[at] && s->archive < 0) return saving_fail(w, s, i, CONFLICT, "file_id", "file.gone");
        if (at >= 0 && !found[at]) return saving_fail(w, s, i, INVALID, "file_id", "attachment.no_such_file");
        a->name = file_name_clean(w->mem, a->name);
        if (!s->was[i]) file_take(a, &files[at]);
        if (!a->name.n) return saving_fail(w, s, i, INVALID, "name", "field.required");
        if (!a->kind) a->kind = ATTACHMENT_OTHER;
    }
    return OK;
}

static const HeldBy     attachment_held[]  = { { "share", "about_id" }, { 0 } };
static const char *const attachment_verbs[] = { "share", NULL };

const Entity attachment_entity = {
    .name = "attachment",
    .title = "name",
    .follows = "about",
    .order = "-id",
    .verbs = attachment_verbs,
    .held = attachment_held,
    .rule = attachment_rule,
    ENTITY_FIELDS(Attachment, attachment_fields),
};

const FileUse attachment_file_use = {
    .kept = "exists (select 1 from attachment a where a.file_id = f.id and (a.archived_at is null"
            " or a.archived_at > $1))",
};

Err attachment_file(Work *w, int64_t id, Attachment *a, File *file)
{
    TRY(record_load(w, &attachment_entity, id, a));
    Err err = file_find(w, a->file_id, 0, file);
    return err == NOT_FOUND ? fail(w, NOT_FOUND, "file", "file.gone") : err;
}
