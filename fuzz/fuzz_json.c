/* JSON: what is read is written, and reading that gives the same text again. */
#include "format/json.h"
#include "fuzz/fuzz.h"

static Str written(Arena *mem, const Json *value)
{
    Buf     b = buf_new(mem, 64);
    JsonOut j = js_to(&b);
    js_copy(&j, value);
    return buf_str(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena      *mem      = fuzz_mem();
    Problems    problems = { .mem = mem };
    const Json *value, *again;
    Str         text = { (const char *)data, (ptrdiff_t)size };
    if (json_read(mem, text, (JsonLimits){ .values = 5000 }, &problems, &value) != OK) {
        CLAIM(problems.count == 1);
        return 0;
    }
    Str first = written(mem, value);
    CLAIM(json_read(mem, first, (JsonLimits){ 0 }, &problems, &again) == OK);
    CLAIM(str_eq(written(mem, again), first));
    bool    yes;
    int64_t number;
    json_get_text(value, "name", &text);
    json_get_i64(value, "id", &number);
    json_get_bool(value, "yes", &yes);
    return 0;
}
