/* The parts of a zip as events of XML, within limits that no honest file meets. */
#include "format/zipped.h"

#include <string.h>

enum { BLOCK = 1 << 16, TOKEN_MAX = 1 << 20, DEPTH_MAX = 64, EXPAT_MEM = 64 << 20 };

/* Expat asks for memory without saying for whom: it is served from the arena of the part this thread is reading, and
 * gets null when that is used up. */
static _Thread_local Arena *expat_mem;

enum { HEAD = 16 }; /* before each piece stands its size */

static void *expat_take(size_t size)
{
    if ((size_t)(expat_mem->end - expat_mem->beg) < size + 64) return NULL;
    char *at = arena_take_raw(expat_mem, 1, HEAD, (ptrdiff_t)size + HEAD);
    memcpy(at, &size, sizeof size);
    return at + HEAD;
}

static void *expat_more(void *old, size_t size)
{
    void  *now = expat_take(size);
    size_t had = 0;
    if (old) memcpy(&had, (char *)old - HEAD, sizeof had);
    if (now && old) memcpy(now, old, had < size ? had : size);
    return now;
}

static void expat_give(void *old)
{
    (void)old; /* the arena is dropped as a whole */
}

static const XML_Memory_Handling_Suite expat_suite = { expat_take, expat_more, expat_give };

void part_refuse(Part *p, const char *key)
{
    if (p->err == OK) p->err = PROBLEM(p->zip->problems, INVALID, NULL, key, arg_text("part", str_of(p->name)));
    if (p->parser) XML_StopParser(p->parser, XML_FALSE);
}

static Str local_name(const char *name)
{
    const char *colon = strrchr(name, ':');
    return str_of(colon ? colon + 1 : name);
}

static void XMLCALL on_start(void *user, const char *name, const char **attrs)
{
    Part *p     = user;
    p->heard_at = p->done;
    if (++p->depth > DEPTH_MAX) {
        part_refuse(p, "file.broken_xlsx");
        return;
    }
    if (p->start) p->start(p->user, local_name(name), attrs);
}

static void XMLCALL on_end(void *user, const char *name)
{
    Part *p     = user;
    p->heard_at = p->done;
    p->depth--;
    if (p->end) p->end(p->user, local_name(name));
}

static void XMLCALL on_text(void *user, const char *s, int n)
{
    Part *p     = user;
    p->heard_at = p->done;
    if (p->text) p->text(p->user, (Str){ s, n });
}

static void XMLCALL on_doctype(void *user, const char *name, const char *system, const char *public, int internal)
{
    (void)name, (void)system, (void)public, (void)internal;
    part_refuse(user, "file.doctype");
}

Err part_open(Part *p, Zipped *z, const char *name)
{
    zip_stat_t stat;
    int64_t    at = zipped_find(z, name);
    p->zip        = z;
    p->name       = name;
    if (at < 0 || zip_stat_index(z->zip, (zip_uint64_t)at, 0, &stat) != 0) return NOT_FOUND;
    p->size = (int64_t)stat.size;
    p->from = zip_fopen_index(z->zip, stat.index, 0);
    if (!p->from) {
        bool locked = zip_error_code_zip(zip_get_error(z->zip)) == ZIP_ER_NOPASSWD;
        part_refuse(p, locked ? "file.is_encrypted" : "file.broken_xlsx");
        return p->err;
    }
    p->mem    = arena_new(EXPAT_MEM);
    expat_mem = &p->mem;
    p->parser = XML_ParserCreate_MM(NULL, &expat_suite, NULL);
    XML_SetUserData(p->parser, p);
    XML_SetElementHandler(p->parser, on_start, on_end);
    XML_SetCharacterDataHandler(p->parser, on_text);
    XML_SetStartDoctypeDeclHandler(p->parser, on_doctype);
    return OK;
}

/* A tag that never ends would be kept whole. */
static bool token_too_long(const Part *p)
{
    return p->done - p->heard_at > TOKEN_MAX;
}

static enum XML_Status part_feed(Part *p)
{
    char       *block = XML_GetBuffer(p->parser, BLOCK);
    zip_int64_t n     = block ? zip_fread(p->from, block, BLOCK) : -1;
    if (n < 0) return XML_STATUS_ERROR;
    p->done += n;
    if (p->done > p->size || token_too_long(p)) return XML_STATUS_ERROR;
    p->err = zipped_wanted(p->zip, str_of(p->name), n);
    if (p->err) return XML_STATUS_ERROR;
    return XML_ParseBuffer(p->parser, (int)n, n == 0);
}

static Err part_go(void *part)
{
    Part             *p = part;
    XML_ParsingStatus at;
    XML_GetParsingStatus(p->parser, &at);
    enum XML_Status status = at.parsing == XML_SUSPENDED ? XML_ResumeParser(p->parser) : XML_STATUS_OK;
    for (; status == XML_STATUS_OK; status = part_feed(p)) {
        XML_GetParsingStatus(p->parser, &at);
        if (at.parsing == XML_FINISHED) return p->err;
    }
    p->paused = status == XML_STATUS_SUSPENDED && p->err == OK;
    if (!p->paused) part_refuse(p, "file.broken_xlsx");
    return p->err;
}

/* The one place where frames of a library are jumped over: all that expat holds lies in the arena of the part, and
 * after a jump it is never asked again. */
Err part_read(Part *p, bool *more)
{
    expat_mem = &p->mem;
    p->paused = false;
    Err err   = guarded(part_go, p);
    if (err == TOO_LARGE) p->parser = NULL;
    *more = p->paused && err == OK;
    return err;
}

void part_pause(Part *p)
{
    XML_StopParser(p->parser, XML_TRUE);
}

void part_close(Part *p)
{
    expat_mem = &p->mem;
    if (p->parser) XML_ParserFree(p->parser);
    if (p->from) zip_fclose(p->from);
    if (p->mem.floor) arena_drop(&p->mem);
    *p = (Part){ 0 };
}

Err part_run(Part *p, Zipped *z, const char *name)
{
    bool more;
    TRY(part_open(p, z, name));
    Err err = part_read(p, &more);
    part_close(p);
    if (err == TOO_LARGE) memory_over();
    return err;
}

Str attr_of(const char **attrs, const char *name)
{
    for (; attrs[0]; attrs += 2)
        if (str_eq(local_name(attrs[0]), str_of(name))) return str_of(attrs[1]);
    return (Str){ 0 };
}
