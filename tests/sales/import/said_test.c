/* What an import keeps of a problem is enough to say it again.  Values are this file's own. */
#include "core/words.h"
#include "format/kept_args.h"
#include "sales/import/import.h"
#include "tests/test.h"

#include <string.h>

enum { NAMES = 8 };

/* The names in braces of a text: those that ask for a form of a number are numbers. */
static int args_of(Arena *mem, const char *text, Arg *out, int n)
{
    for (const char *at = text; at && (at = strchr(at, '{')) && n < NAMES; at++) {
        ptrdiff_t length = (ptrdiff_t)strcspn(at + 1, "|}");
        Str       name   = str_copy(mem, (Str){ at + 1, length });
        bool      known  = false, counted = at[1 + length] == '|';
        for (int i = 0; i < n; i++) {
            bool same = str_eq(str_of(out[i].name), name);
            if (same && counted) out[i] = arg_count(out[i].name, 41);
            known = known || same;
        }
        if (known) continue;
        out[n++] = counted ? arg_count(str_c(mem, name), 41) : arg_text(str_c(mem, name), name);
    }
    return n;
}

TESTS(test_import_said)
{
    CASE("whatever sentence there is, an import that has kept it says it whole, with nothing left in braces") {
        for (ptrdiff_t i = 0; i < words_count; i++) {
            Arena mem = t->scratch;
            Arg   args[NAMES];
            int   n = args_of(&mem, words_table[i].text[LANG_RU], args, 0);
            const char *key = words_table[i].key;
            if (n > (int)COUNT(((Problem *)0)->args) || !strncmp(key, "web.", 4) || !strncmp(key, "help.", 5)) continue;
            for (int lang = 0; lang < LANGS; lang++) {
                Voice       v    = { .lang = (Lang)lang };
                Buf         now  = buf_new(&mem, 1000);
                KeptProblem kept = { str_of(words_table[i].key), args_keep(&mem, args, n), S("41"), false };
                words_put(&now, v, words_table[i].key, args, n);
                Str said = import_said(&mem, v, &kept);
                STR(said, buf_str(&now));
                if (n && words_table[i].text[lang]) CHECK(str_find(said, S("{")) < 0);
            }
        }
    }

    CASE("each kind of value comes back as what it was") {
        Arg args[] = { arg_count("limit", 200), arg_text("what", S("О\"я")), arg_day("day", 20000),
                       arg_money("sum", 123456) };
        Str kept   = args_keep(&t->mem, args, COUNT(args));
        STR(kept, S("{\"limit\":{\"count\":200},\"what\":{\"text\":\"О\\\"я\"},\"day\":{\"day\":20000},"
                    "\"sum\":{\"money\":123456}}"));
        STR(import_said(&t->mem, (Voice){ .lang = LANG_RU }, &(KeptProblem){ S("field.too_long"), kept, S(""), false }),
            S("Длиннее 200 знаков"));
    }

    CASE("without arguments the sentence names the cell, and to whoever may not know it an empty one") {
        Voice       v = { .lang = LANG_EN };
        KeptProblem p = { .key = S("cell.no_number"), .cell = S("five") };
        STR(import_said(&t->mem, v, &p), S("“five” is not a number"));
        p.hidden = true;
        STR(import_said(&t->mem, v, &p), S("“” is not a number"));
        p.args = args_keep(&t->mem, &(Arg){ .name = "what", .kind = ARG_TEXT, .text = S("five") }, 1);
        STR(import_said(&t->mem, v, &p), S("“” is not a number"));
    }
}
