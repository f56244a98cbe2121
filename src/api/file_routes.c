/* What hangs on records: a file is sent, handed out, and looked at. */
#include "api/call.h"
#include "api/lists.h"
#include "files/attachment.h"
#include "files/preview.h"

#include <unistd.h>

static Err may_send(Request *r) { return file_room_need(r->w, r->file_size > 0 ? r->file_size : 0); }

static Err send(Request *r)
{
    Work *w    = r->w;
    Str   name = file_name_clean(w->mem, file_name_decoded(w->mem, asked_header(r, "X-File-Name")));
    File  file;
    int64_t id;
    if (r->file_size == 0) return fail(w, INVALID, "file", "file.empty");
    TRY(file_keep(w, r->file, r->file_size, name.n ? name : S("file"), &id));
    TRY(file_find(w, id, w->actor, &file));
    js_object(&r->out);
    js_key(&r->out, "file");
    js_i64(&r->out, file.id);
    js_key(&r->out, "name");
    js_str(&r->out, file.name);
    js_key(&r->out, "type");
    js_c(&r->out, file.content.type);
    js_key(&r->out, "size");
    js_i64(&r->out, file.size);
    js_end(&r->out);
    return OK;
}

static Err poured(Request *r, const File *f, Str name)
{
    Download out;
    TRY(answer_file_new(r, f->content.type[0] ? f->content.type : CONTENT_UNKNOWN, name, &out));
    return file_pour(r->w, f, out.sink, out.to);
}

/* A recording is listened to from its middle: in parts. */
static Err content(Request *r)
{
    Attachment a;
    File       f;
    Download   out;
    int64_t    from, n;
    TRY(attachment_file(r->w, r->id, &a, &f));
    TRY(answer_part(r, f.id, f.size, &from, &n));
    if (n == f.size) return poured(r, &f, a.name);
    TRY(answer_file_new(r, f.content.type[0] ? f.content.type : CONTENT_UNKNOWN, a.name, &out));
    return file_pour_some(r->w, &f, from, n, out.sink, out.to);
}

static Err picture(Request *r)
{
    Attachment a;
    File       f;
    TRY(attachment_file(r->w, r->id, &a, &f));
    if (!content_shows(f.content)) return fail(r->w, NOT_FOUND, "file", "attachment.no_picture");
    TRY(poured(r, &f, a.name));
    answer_shown(r);
    return OK;
}

static Err page(Request *r)
{
    Attachment a;
    File       f;
    int64_t    n = 1;
    int        fd;
    TRY(asked_i64(r, "n", 1, PREVIEW_PAGES_MOST, &n));
    TRY(attachment_file(r->w, r->id, &a, &f));
    TRY(preview_page(r->w, &f, n, server_spool(server_of(r)), &fd));
    answer_file(r, "image/png", str_fmt(r->w->mem, "%.*s-%lld.png", (int)a.name.n, a.name.s, (long long)n), fd);
    answer_shown(r);
    return OK;
}

const Route file_routes[] = {
    { .method = POST,
      .path = "/api/file",
      .run = send,
      .needs = { "attachment", "add" },
      .writes = true,
      .slow = true,
      .body = BODY_FILE,
      .body_limit = FILE_MOST,
      .may_send = may_send,
      .gives = "file: int, name: text, type: text, size: int",
      .says = "route.file.send" },
    { .method = GET,
      .path = "/api/attachment/{id}/content",
      .run = content,
      .needs = { "attachment", "view" },
      .slow = true,
      .gives = "file",
      .says = "route.attachment.content" },
    { .method = GET,
      .path = "/api/attachment/{id}/picture",
      .run = picture,
      .needs = { "attachment", "view" },
      .slow = true,
      .gives = "file",
      .says = "route.attachment.picture" },
    { .method = GET,
      .path = "/api/attachment/{id}/page",
      .run = page,
      .needs = { "attachment", "view" },
      .slow = true,
      .takes = "n: int?",
      .gives = "file",
      .says = "route.attachment.page" },
    { 0 },
};
